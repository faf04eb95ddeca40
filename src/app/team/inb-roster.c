#define G_LOG_DOMAIN "inb-app"

#include "inb-roster-private.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-roster-read.h"
#include "inb-time.h"

#define COUNT_INTERVAL 500 /* milliseconds, while leads come in */
#define USE_INTERVAL 60    /* seconds: when tokens were used is no change that the service tells of */

enum {
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbRoster, inb_roster, G_TYPE_OBJECT)

/* --- reading ------------------------------------------------------------------------------------------------------------ */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const InbRow *first = *(const InbRow * const *) a;
  const InbRow *second = *(const InbRow * const *) b;
  guint column = inb_row_get_kind (first) == INB_KIND_MEMBER ? (guint) INB_MEMBER_NAME : (guint) INB_TEAM_NAME;

  return g_utf8_collate (inb_row_get (first, column), inb_row_get (second, column));
}

static void
replace (GPtrArray **rows,
         GPtrArray  *read)
{
  if (read == NULL)
    return;

  g_clear_pointer (rows, g_ptr_array_unref);
  *rows = read;
}

/* By name, as people sort. */
static void
replace_rows (GPtrArray **rows,
              GPtrArray  *read)
{
  replace (rows, read);
  g_ptr_array_sort (*rows, compare_names);
}

static void
end_reading (InbRoster *self)
{
  g_autoptr (GError) error = NULL;

  if (--self->n_reading > 0)
    return;

  error = g_steal_pointer (&self->error);
  self->known |= error == NULL;
  g_signal_emit (self, signals[CHANGED], 0);
  if (error != NULL)
    g_signal_emit (self, signals[FAILED], 0, error);
  if (self->dirty)
    inb_roster_load (self);
}

/* (transfer full) (nullable): NULL also when nobody waits for it any more. */
static GBytes *
finish_request (InbRoster    *self,
                GObject      *source,
                GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  GBytes *answer = inb_sync_client_request_finish (INB_SYNC_CLIENT (source), result, &error);

  if (answer == NULL && self->error == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->error = g_steal_pointer (&error);

  return answer;
}

static void
take_rows (InbRoster     *self,
           GPtrArray    **rows,
           const char    *name,
           InbKind        kind,
           GObject       *source,
           GAsyncResult  *result)
{
  g_autoptr (GBytes) answer = finish_request (self, source, result);

  if (answer != NULL)
    replace_rows (rows, inb_roster_read_rows (answer, name, kind, self->error == NULL ? &self->error : NULL));
  end_reading (self);
}

static void
on_members (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbRoster) self = user_data;

  take_rows (self, &self->members, "users", INB_KIND_MEMBER, source, result);
}

static void
on_former (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbRoster) self = user_data;

  take_rows (self, &self->former, "users", INB_KIND_MEMBER, source, result);
}

static void
on_teams (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbRoster) self = user_data;

  take_rows (self, &self->teams, "teams", INB_KIND_TEAM, source, result);
}

static void
on_tokens (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbRoster) self = user_data;
  g_autoptr (GBytes) answer = finish_request (self, source, result);

  if (answer != NULL)
    replace (&self->tokens, inb_roster_read_tokens (answer, self->error == NULL ? &self->error : NULL));
  end_reading (self);
}

static void
take_counts (InbRoster    *self,
             GHashTable   *counts,
             GObject      *source,
             GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbValueCounts) values = inb_replica_get_values_finish (INB_REPLICA (source), result, &error);

  if (values == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("counting leads: %s", error->message);
      return;
    }

  g_hash_table_remove_all (counts);
  for (guint i = 0; i < values->n_values; i++)
    {
      gint64 *leads = g_new (gint64, 1);

      *leads = values->values[i].leads;
      g_hash_table_insert (counts, g_strdup (values->values[i].name), leads);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_owned (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbRoster) self = user_data;

  take_counts (self, self->owned, source, result);
}

static void
on_of_teams (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (InbRoster) self = user_data;

  take_counts (self, self->of_teams, source, result);
}

static void
count_leads (InbRoster           *self,
             InbFilterField       field,
             GAsyncReadyCallback  callback)
{
  g_autoptr (InbLeadFilter) all = inb_lead_filter_new ();

  inb_replica_get_values_async (inb_session_get_replica (self->session), all, field,
                                inb_time_now (), self->cancellable, callback,
                                g_object_ref (self));
}

static void
ask (InbRoster           *self,
     const char          *path,
     GAsyncReadyCallback  callback)
{
  self->n_reading++;
  inb_sync_client_request_async (inb_session_get_client (self->session), "GET", path, NULL, self->cancellable, callback,
                                 g_object_ref (self));
}

static void
count_all (InbRoster *self)
{
  count_leads (self, INB_FILTER_OWNER, on_owned);
  count_leads (self, INB_FILTER_TEAM, on_of_teams);
}

static gboolean
on_leads_settled (gpointer user_data)
{
  InbRoster *self = user_data;

  self->count_timer = 0;
  count_all (self);

  return G_SOURCE_REMOVE;
}

static void
on_leads_changed (InbRoster *self)
{
  if (self->count_timer == 0)
    self->count_timer = g_timeout_add (COUNT_INTERVAL, on_leads_settled, self);
}

static gboolean
on_uses_due (gpointer user_data)
{
  InbRoster *self = user_data;

  if (inb_roster_get_online (self))
    inb_roster_load (self);

  return G_SOURCE_CONTINUE;
}

static void
on_state (InbRoster *self)
{
  if (inb_roster_get_online (self))
    inb_roster_load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_names_changed (InbRoster *self)
{
  if (inb_roster_get_online (self))
    inb_roster_load (self);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_roster_dispose (GObject *object)
{
  InbRoster *self = INB_ROSTER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->count_timer, g_source_remove);
  g_clear_handle_id (&self->use_timer, g_source_remove);

  G_OBJECT_CLASS (inb_roster_parent_class)->dispose (object);
}

static void
inb_roster_finalize (GObject *object)
{
  InbRoster *self = INB_ROSTER (object);

  g_ptr_array_unref (self->members);
  g_ptr_array_unref (self->former);
  g_ptr_array_unref (self->teams);
  g_ptr_array_unref (self->tokens);
  g_hash_table_unref (self->owned);
  g_hash_table_unref (self->of_teams);
  g_clear_error (&self->error);
  g_object_unref (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (inb_roster_parent_class)->finalize (object);
}

static void
inb_roster_class_init (InbRosterClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_roster_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_roster_finalize;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
inb_roster_init (InbRoster *self)
{
  self->cancellable = g_cancellable_new ();
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  self->former = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  self->teams = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  self->tokens = g_ptr_array_new_with_free_func (inb_token_info_free);
  self->owned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->of_teams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_roster_new:
 * @session: whose workspace it is
 *
 * Returns: (transfer full): a roster that knows nobody before inb_roster_load()
 */
InbRoster *
inb_roster_new (InbSession *session)
{
  InbRoster *self;

  g_return_val_if_fail (INB_IS_SESSION (session), NULL);

  self = g_object_new (INB_TYPE_ROSTER, NULL);
  self->session = g_object_ref (session);
  self->use_timer = g_timeout_add_seconds (USE_INTERVAL, on_uses_due, self);
  g_signal_connect_object (inb_session_get_replica (session), "names-changed", G_CALLBACK (on_names_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_replica (session), "changed", G_CALLBACK (on_leads_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_client (session), "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);

  return self;
}

void
inb_roster_load (InbRoster *self)
{
  g_return_if_fail (INB_IS_ROSTER (self));

  self->dirty = self->n_reading > 0;
  if (self->dirty || g_cancellable_is_cancelled (self->cancellable))
    return;

  ask (self, "/api/users", on_members);
  ask (self, "/api/users/former", on_former);
  ask (self, "/api/teams", on_teams);
  ask (self, "/api/tokens", on_tokens);
  count_all (self);
}

InbSession *
inb_roster_get_session (InbRoster *self)
{
  g_return_val_if_fail (INB_IS_ROSTER (self), NULL);

  return self->session;
}

gboolean
inb_roster_get_known (InbRoster *self)
{
  g_return_val_if_fail (INB_IS_ROSTER (self), FALSE);

  return self->known;
}

gboolean
inb_roster_get_online (InbRoster *self)
{
  g_return_val_if_fail (INB_IS_ROSTER (self), FALSE);

  return inb_sync_client_get_state (inb_session_get_client (self->session)) == INB_SYNC_LIVE;
}

gboolean
inb_roster_get_busy (InbRoster *self)
{
  g_return_val_if_fail (INB_IS_ROSTER (self), FALSE);

  return self->n_writing > 0;
}

GPtrArray *
inb_roster_get_members (InbRoster *self)
{
  g_return_val_if_fail (INB_IS_ROSTER (self), NULL);

  return self->members;
}

GPtrArray *
inb_roster_get_former (InbRoster *self)
{
  g_return_val_if_fail (INB_IS_ROSTER (self), NULL);

  return self->former;
}

GPtrArray *
inb_roster_get_teams (InbRoster *self)
{
  g_return_val_if_fail (INB_IS_ROSTER (self), NULL);

  return self->teams;
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  InbRoster *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = inb_sync_client_request_finish (INB_SYNC_CLIENT (source), result, &error);
  JsonNode *node = NULL;

  self->n_writing--;
  if (answer != NULL)
    node = inb_json_parse (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), &error);
  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_clear_pointer (&node, json_node_unref);
      g_set_error_literal (&error, INB_ERROR, INB_ERROR_PROTOCOL, "The answer is no object");
    }
  /* Also after a failure: it may come of what somebody else has done meanwhile. */
  inb_roster_load (self);
  g_signal_emit (self, signals[CHANGED], 0);
  if (node != NULL)
    g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, error);
}

void
inb_roster_send_async (InbRoster           *self,
                       const char          *method,
                       const char          *path,
                       GString             *body,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (INB_IS_ROSTER (self) && method != NULL && path != NULL);

  bytes = body != NULL ? g_string_free_to_bytes (body) : NULL;
  self->n_writing++;
  g_signal_emit (self, signals[CHANGED], 0);
  inb_sync_client_request_async (inb_session_get_client (self->session), method, path, bytes, cancellable, on_sent,
                                 g_task_new (self, NULL, callback, user_data));
}

/**
 * inb_roster_send_finish:
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL with an error that inb_request_text_describe() puts into words
 */
JsonNode *
inb_roster_send_finish (InbRoster     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
