#define G_LOG_DOMAIN "inb-service"

#include "inb-group-undo.h"

#include "inb-api-write.h"
#include "inb-edit-audit.h"
#include "inb-edit-build.h"
#include "inb-edit-job.h"
#include "inb-edit-tally.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-read.h"
#include "inb-sql.h"
#include "inb-time.h"

#define SIZE 160 /* bytes of memory for each mutation */

enum { FOUND_ID, FOUND_ENTITY, FOUND_ENTITY_ID };

typedef struct {
  /* Owned */
  GPtrArray      *requests;  /* who waits for it: whoever gave up waiting asks again, and it is done once */
  InbSession     *session;
  char           *group;     /* that is taken back */
  char           *new_group; /* that takes it back */
  PGresult       *found;
  InbEditTally   *tally;     /* of each mutation; NULL until they were found */
  GHashTable     *undos;     /* the API's, which may be gone before */
  char           *key;       /* in there */

  /* Borrowed */
  InbApi         *api;

  gint64          made_at;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *self = data;

  g_hash_table_remove (self->undos, self->key);
  g_hash_table_unref (self->undos);
  g_free (self->key);
  g_ptr_array_unref (self->requests);
  inb_session_unref (self->session);
  g_free (self->group);
  g_free (self->new_group);
  g_clear_pointer (&self->found, PQclear);
  inb_edit_tally_free (self->tally);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undo, undo_free)

/**
 * inb_group_undo_make_id:
 *
 * It follows from what is undone: asked for again, it is a repeat.
 *
 * Returns: (transfer full): a UUID
 */
char *
inb_group_undo_make_id (const char *mutation_id,
                        const char *group)
{
  return inb_edit_derive_id (mutation_id, group);
}

static InbMutation *
get_mutation (gpointer data,
              guint    index)
{
  Undo *self = data;
  const char *undone = PQgetvalue (self->found, (int) index, FOUND_ID);
  InbKind kind = INB_KIND_LEAD;
  InbMutation *mutation;

  inb_kind_from_name (PQgetvalue (self->found, (int) index, FOUND_ENTITY), &kind);
  mutation = inb_mutation_new (INB_MUTATION_UNDO, kind, PQgetvalue (self->found, (int) index, FOUND_ENTITY_ID), self->made_at);
  g_free (mutation->id);
  mutation->id = inb_group_undo_make_id (undone, self->group);
  mutation->group = g_strdup (self->new_group);
  mutation->undoes = g_strdup (undone);

  return mutation;
}

static void
take_answer (gpointer           data,
             guint              index,
             InbMutationResult *result)
{
  Undo *self = data;

  inb_edit_tally_take (self->tally, index, result);
}

static gboolean
send_audit (gpointer   data,
            InbWrite  *write,
            guint     *n_statements,
            GError   **error)
{
  Undo *self = data;
  g_autoptr (GString) details = g_string_new ("{");

  inb_json_append_member (details, "group", self->group);
  inb_json_append_member_integer (details, "count", PQntuples (self->found));
  g_string_append_c (details, '}');

  return inb_edit_audit_send (write, self->session, self->new_group, "group_undone", details->str, n_statements, error);
}

static void
on_went_on (gpointer data)
{
  Undo *self = data;

  for (guint i = 0; i < self->requests->len; i++)
    inb_http_request_extend (g_ptr_array_index (self->requests, i));
}

static void
respond_error (Undo         *self,
               const GError *error)
{
  for (guint i = 0; i < self->requests->len; i++)
    inb_http_request_respond_error (g_ptr_array_index (self->requests, i), error);
}

static void
on_done (gpointer      data,
         gint64        head,
         const GError *error)
{
  Undo *self = data;

  if (error != NULL)
    {
      respond_error (self, error);
      return;
    }

  for (guint i = 0; i < self->requests->len; i++)
    {
      GString *json = g_string_new ("{");

      inb_edit_tally_append (self->tally, json);
      inb_json_append_member (json, "group", self->new_group);
      inb_json_append_member_integer (json, "head", head);
      g_string_append_c (json, '}');
      inb_http_request_respond_json (g_ptr_array_index (self->requests, i), 200, json);
    }
}

static const InbEditFuncs edit_funcs = {
  .get = get_mutation,
  .answer = take_answer,
  .store = send_audit,
  .went_on = on_went_on,
  .done = on_done,
  .free_data = undo_free,
};

static gpointer
find_group (InbDb     *db,
            gpointer   data,
            GError   **error)
{
  const Undo *self = data;
  const char *params[] = { self->session->workspace_id, self->group, self->session->user_id };
  g_autoptr (PGresult) result = NULL;

  result = inb_read_one (db, self->session->workspace_id, inb_sql_get ("edit/find-group"), G_N_ELEMENTS (params), params, error);
  if (result == NULL)
    {
      g_prefix_error (error, "Reading a group of mutations: ");
      return NULL;
    }
  if (PQntuples (result) == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no such group of yours, or it wrote nothing");
      return NULL;
    }

  return g_steal_pointer (&result);
}

/* (self: transfer full) */
static void
push (Undo *self)
{
  guint n_found = (guint) PQntuples (self->found);
  g_autoptr (InbWriterJob) job = inb_edit_job_new (self->session, &edit_funcs, n_found, self, SIZE * (gsize) n_found);
  g_autoptr (GError) error = NULL;

  if (inb_writer_push_job (self->api->writer, job, &error))
    g_steal_pointer (&job);
  else
    respond_error (self, error);
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Undo) self = user_data;
  g_autoptr (GError) error = NULL;

  self->found = inb_reader_pool_run_finish (INB_READER_POOL (source), result, &error);
  if (self->found == NULL)
    {
      respond_error (self, error);
      return;
    }

  self->tally = inb_edit_tally_new ((guint) PQntuples (self->found), TRUE);
  push (g_steal_pointer (&self));
}

/* (key: transfer full) */
static Undo *
undo_new (InbApi     *api,
          InbSession *session,
          const char *group,
          char       *key)
{
  Undo *self = g_new0 (Undo, 1);

  self->api = api;
  self->undos = g_hash_table_ref (api->undos);
  self->key = key;
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_http_request_unref);
  self->session = inb_session_ref (session);
  self->group = g_strdup (group);
  self->new_group = inb_edit_derive_id (group, "undo");
  self->made_at = inb_time_now ();
  g_hash_table_insert (self->undos, self->key, self);

  return self;
}

/**
 * inb_group_undo_start:
 * @group: a UUID
 *
 * While it is under way whoever asks again, of the same person, waits for the same.
 */
void
inb_group_undo_start (InbApi         *api,
                      InbHttpRequest *request,
                      InbSession     *session,
                      const char     *group)
{
  g_autofree char *key = g_strjoin (" ", session->workspace_id, session->user_id, group, NULL);
  Undo *self = g_hash_table_lookup (api->undos, key);
  gboolean is_new = self == NULL;

  if (is_new)
    self = undo_new (api, session, group, g_steal_pointer (&key));
  g_ptr_array_add (self->requests, inb_http_request_ref (request));
  if (is_new)
    inb_reader_pool_run_async (api->readers, find_group, self, NULL, (GDestroyNotify) PQclear, NULL, on_found, self);
}
