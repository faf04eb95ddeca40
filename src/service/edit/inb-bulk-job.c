#define G_LOG_DOMAIN "inb-service"

#include "inb-bulk-job.h"

#include "inb-api-write.h"
#include "inb-edit-audit.h"
#include "inb-edit-build.h"
#include "inb-edit-job.h"
#include "inb-edit-tally.h"
#include "inb-json.h"
#include "inb-time.h"
#include "inb-uuid.h"

#define MAX_PROBLEMS 20
#define ID_SIZE 64 /* bytes of memory */

typedef struct {
  /* Owned */
  InbHttpRequest *request;
  InbSession     *session;
  InbBulkRequest *bulk;
  char           *group;
  InbEditTally   *tally;     /* of each lead */
  GHashTable     *problems;  /* index + 1 → InbMutationResult, of the first that were rejected */
  gint64          made_at;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  inb_http_request_unref (self->request);
  inb_session_unref (self->session);
  inb_bulk_request_free (self->bulk);
  inb_edit_tally_free (self->tally);
  g_hash_table_unref (self->problems);
  g_free (self->group);
  g_free (self);
}

static InbMutation *
get_mutation (gpointer data,
              guint    index)
{
  Job *self = data;
  const InbMutation *pattern = self->bulk->pattern;
  const char *lead_id = g_ptr_array_index (self->bulk->ids, index);
  InbMutation *mutation = inb_mutation_new (pattern->verb, INB_KIND_LEAD, lead_id, self->made_at);

  g_free (mutation->id);
  mutation->id = inb_edit_derive_id (self->group, lead_id);
  mutation->group = g_strdup (self->group);
  for (guint i = 0; i < pattern->changes->len; i++)
    {
      const InbFieldChange *change = g_ptr_array_index (pattern->changes, i);

      if (change->has_base)
        inb_mutation_add_change (mutation, change->column, change->base, change->value);
      else
        inb_mutation_add_blind_change (mutation, change->column, change->value);
    }

  return mutation;
}

static void
take_answer (gpointer           data,
             guint              index,
             InbMutationResult *result)
{
  Job *self = data;
  gpointer key = GUINT_TO_POINTER (index + 1);

  inb_edit_tally_take (self->tally, index, result);
  g_hash_table_remove (self->problems, key);
  if (result->status == INB_MUTATION_REJECTED && g_hash_table_size (self->problems) < MAX_PROBLEMS)
    g_hash_table_insert (self->problems, key, inb_mutation_result_ref (result));
}

static gboolean
send_audit (gpointer   data,
            InbWrite  *write,
            guint     *n_statements,
            GError   **error)
{
  Job *self = data;
  g_autoptr (GString) details = g_string_new ("{");

  inb_json_append_member_integer (details, "count", self->bulk->ids->len);
  inb_json_append_name (details, "request");
  g_string_append (details, self->bulk->summary);
  g_string_append_c (details, '}');

  return inb_edit_audit_send (write, self->session, self->group, "leads_changed", details->str, n_statements, error);
}

static void
append_problems (Job     *self,
                 GString *json)
{
  GHashTableIter iter;
  gpointer key, value;
  gboolean is_first = TRUE;

  inb_json_append_name (json, "problems");
  g_string_append_c (json, '[');
  g_hash_table_iter_init (&iter, self->problems);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const InbMutationResult *result = value;

      g_string_append (json, is_first ? "{" : ",{");
      inb_json_append_member (json, "id", g_ptr_array_index (self->bulk->ids, GPOINTER_TO_UINT (key) - 1));
      inb_json_append_member (json, "code", result->code);
      inb_json_append_member (json, "message", result->message);
      g_string_append_c (json, '}');
      is_first = FALSE;
    }
  g_string_append_c (json, ']');
}

static void
on_went_on (gpointer data)
{
  Job *self = data;

  inb_http_request_extend (self->request);
}

static void
on_done (gpointer      data,
         gint64        head,
         const GError *error)
{
  Job *self = data;
  GString *json;

  if (error != NULL)
    {
      inb_http_request_respond_error (self->request, error);
      return;
    }

  json = g_string_new ("{");
  inb_edit_tally_append (self->tally, json);
  inb_json_append_member (json, "group", self->group);
  append_problems (self, json);
  inb_json_append_member_integer (json, "head", head);
  g_string_append_c (json, '}');
  inb_http_request_respond_json (self->request, 200, json);
}

static const InbEditFuncs edit_funcs = {
  .get = get_mutation,
  .answer = take_answer,
  .store = send_audit,
  .went_on = on_went_on,
  .done = on_done,
  .free_data = job_free,
};

/**
 * inb_bulk_job_push:
 *
 * The group, and with it the mutations' ids, come from the Idempotency-Key if there is one: a repeat finishes what was left.
 */
void
inb_bulk_job_push (InbApi         *api,
                   InbHttpRequest *request,
                   InbSession     *session,
                   InbBulkRequest *bulk)
{
  Job *self = g_new0 (Job, 1);
  const char *key = inb_http_request_get_header (request, "Idempotency-Key");

  self->request = inb_http_request_ref (request);
  self->session = inb_session_ref (session);
  self->bulk = bulk;
  self->group = key == NULL ? inb_uuid_new_v7 () : inb_edit_derive_id (session->user_id, key);
  self->tally = inb_edit_tally_new (bulk->ids->len, FALSE);
  self->problems = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) inb_mutation_result_unref);
  self->made_at = inb_time_now ();
  inb_api_push (api, request, inb_edit_job_new (session, &edit_funcs, bulk->ids->len, self, ID_SIZE * (gsize) bulk->ids->len));
}
