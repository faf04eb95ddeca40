#define G_LOG_DOMAIN "inb-app"

#include "inb-catch-up.h"

#include "inb-lead-pages.h"
#include "inb-time.h"

/* Events that were dropped on their way are never told; nobody is away for so many of them. */
#define MAX_ANNOUNCED 4096

struct _InbCatchUp {
  GObject       parent_instance;

  /* Owned */
  InbSession   *session;
  GCancellable *cancellable;
  GHashTable   *announced;    /* ids of leads that events tell of */
  GPtrArray    *found;        /* InbLeadSummary */
  char         *epoch;        /* of the replica that the mark is of; NULL: there is no mark */

  gint64        mark;         /* the newest lead that was there before the connection, us */
  gboolean      is_looking;
};

static guint caught_up_signal;

G_DEFINE_FINAL_TYPE (InbCatchUp, inb_catch_up, G_TYPE_OBJECT)

/* What is there now is not news any more; what a first sync brings is none. */
static void
set_mark (InbCatchUp *self)
{
  InbReplica *replica = inb_session_get_replica (self->session);

  if (self->epoch != NULL || inb_replica_get_cursor (replica) == 0 || inb_replica_get_snapshot_position (replica) != NULL)
    return;

  self->epoch = g_strdup (inb_replica_get_epoch (replica));
  self->mark = inb_replica_get_newest (replica);
}

static void
forget_mark (InbCatchUp *self)
{
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->is_looking = FALSE;
  if (g_hash_table_size (self->announced) > MAX_ANNOUNCED)
    g_hash_table_remove_all (self->announced);
}

/* --- looking ------------------------------------------------------------------------------------------------------------ */

static void
take_page (GPtrArray *leads,
           gpointer   data)
{
  InbCatchUp *self = data;

  for (guint i = 0; i < leads->len; i++)
    {
      InbLeadSummary *lead = g_ptr_array_index (leads, i);

      if (lead != NULL && !g_hash_table_remove (self->announced, lead->id))
        g_ptr_array_add (self->found, inb_lead_summary_ref (lead));
    }
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_walked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbCatchUp) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  gboolean walked = inb_lead_pages_walk_finish (INB_REPLICA (source), result, &error);

  if (is_cancelled (error))
    return;

  found = g_steal_pointer (&self->found);
  forget_mark (self);
  if (!walked)
    g_warning ("reading the leads that came meanwhile: %s", error->message);
  else if (found->len > 0)
    g_signal_emit (self, caught_up_signal, 0, found);
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbCatchUp) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_replica_query_finish (INB_REPLICA (source), result, &error);

  if (is_cancelled (error))
    return;
  if (rowids == NULL)
    {
      g_warning ("finding the leads that came meanwhile: %s", error->message);
      forget_mark (self);
      return;
    }

  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_lead_summary_unref);
  inb_lead_pages_walk_async (INB_REPLICA (source), rowids, take_page, self, self->cancellable, on_walked, g_object_ref (self));
}

static void
look (InbCatchUp *self)
{
  InbReplica *replica = inb_session_get_replica (self->session);
  g_autoptr (InbLeadQuery) query = NULL;
  gint64 newest = inb_replica_get_newest (replica);

  if (self->epoch == NULL || self->is_looking)
    return;
  if (g_strcmp0 (self->epoch, inb_replica_get_epoch (replica)) != 0 || newest == INB_TIME_NONE ||
      (self->mark != INB_TIME_NONE && newest <= self->mark))
    {
      forget_mark (self);
      return;
    }

  self->is_looking = TRUE;
  query = inb_lead_query_new ();
  inb_date_range_set_times (&query->filter->created, self->mark != INB_TIME_NONE ? self->mark + 1 : G_MININT64, newest + 1);
  inb_replica_query_async (replica, query, self->cancellable, on_found, g_object_ref (self));
}

/* --- the session -------------------------------------------------------------------------------------------------------- */

static void
on_state (InbCatchUp *self)
{
  switch (inb_sync_client_get_state (inb_session_get_client (self->session)))
    {
    case INB_SYNC_OFFLINE:
    case INB_SYNC_CONNECTING:
      set_mark (self);
      break;

    case INB_SYNC_LIVE:
      look (self);
      break;

    case INB_SYNC_SYNCING:       /* also when a gap is filled while the events go on */
    case INB_SYNC_UNAUTHORIZED:
    default:
      break;
    }
}

static void
on_announced (InbCatchUp *self,
              const char *lead_id)
{
  if (lead_id != NULL)
    g_hash_table_add (self->announced, g_strdup (lead_id));
}

static void
on_arrived (InbCatchUp *self,
            const char *lead_id)
{
  if (lead_id != NULL && self->epoch == NULL)
    g_hash_table_remove (self->announced, lead_id);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_catch_up_dispose (GObject *object)
{
  g_cancellable_cancel (INB_CATCH_UP (object)->cancellable);

  G_OBJECT_CLASS (inb_catch_up_parent_class)->dispose (object);
}

static void
inb_catch_up_finalize (GObject *object)
{
  InbCatchUp *self = INB_CATCH_UP (object);

  forget_mark (self);
  g_hash_table_unref (self->announced);
  g_object_unref (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (inb_catch_up_parent_class)->finalize (object);
}

static void
inb_catch_up_class_init (InbCatchUpClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_catch_up_dispose;
  object_class->finalize = inb_catch_up_finalize;

  caught_up_signal = g_signal_new ("caught-up", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
inb_catch_up_init (InbCatchUp *self)
{
  self->cancellable = g_cancellable_new ();
  self->announced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->mark = INB_TIME_NONE;
}

/**
 * inb_catch_up_new:
 * @session: open, and not yet connected
 *
 * Returns: (transfer full): what tells of the leads that came meanwhile, as soon as the session is up to date
 */
InbCatchUp *
inb_catch_up_new (InbSession *session)
{
  InbCatchUp *self;
  InbSyncClient *client;

  g_return_val_if_fail (INB_IS_SESSION (session), NULL);

  self = g_object_new (INB_TYPE_CATCH_UP, NULL);
  self->session = g_object_ref (session);
  client = inb_session_get_client (session);
  g_signal_connect_object (client, "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "lead-announced", G_CALLBACK (on_announced), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "lead-arrived", G_CALLBACK (on_arrived), self, G_CONNECT_SWAPPED);
  on_state (self);

  return self;
}
