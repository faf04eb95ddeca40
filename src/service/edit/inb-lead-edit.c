#define G_LOG_DOMAIN "inb-service"

#include "inb-lead-edit.h"

#include "inb-api-write.h"
#include "inb-edit-job.h"
#include "inb-error.h"
#include "inb-http-problem.h"
#include "inb-json.h"
#include "inb-uuid.h"

#define SIZE 4096

struct _InbLeadEdit {
  /* Owned */
  InbHttpRequest    *request;
  InbSession        *session;
  GPtrArray         *mutations; /* InbMutation */
  GPtrArray         *results;   /* InbMutationResult, or NULL before there is one */
  char              *id;
  char              *group;
  char              *key;       /* what ids are derived from, or NULL */
  GString           *json;      /* the answer, as far as there is a row */

  InbLeadEditAnswer  answer;
  guint              status;
};

static void
unref_result (gpointer result)
{
  if (result != NULL)
    inb_mutation_result_unref (result);
}

/**
 * inb_lead_edit_new:
 *
 * Returns: (transfer full): an edit without a mutation
 */
InbLeadEdit *
inb_lead_edit_new (InbHttpRequest    *request,
                   InbSession        *session,
                   InbLeadEditAnswer  answer,
                   const char        *id,
                   guint              status)
{
  InbLeadEdit *self = g_new0 (InbLeadEdit, 1);
  const char *key = inb_http_request_get_header (request, "Idempotency-Key");

  self->request = inb_http_request_ref (request);
  self->session = inb_session_ref (session);
  self->mutations = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_mutation_unref);
  self->results = g_ptr_array_new_with_free_func (unref_result);
  self->answer = answer;
  self->status = status;
  /* The same key may well be sent for several leads. */
  if (key != NULL)
    self->key = g_strjoin ("\n", inb_http_request_get_method (request), inb_http_request_get_path (request), key, NULL);
  self->group = inb_lead_edit_make_id (self, "group");
  self->id = id != NULL ? g_strdup (id) : inb_lead_edit_make_id (self, "entity");

  return self;
}

void
inb_lead_edit_free (InbLeadEdit *self)
{
  inb_http_request_unref (self->request);
  inb_session_unref (self->session);
  g_ptr_array_unref (self->mutations);
  g_ptr_array_unref (self->results);
  g_free (self->id);
  g_free (self->group);
  g_free (self->key);
  if (self->json != NULL)
    g_string_free (self->json, TRUE);
  g_free (self);
}

static void
free_edit (gpointer data)
{
  inb_lead_edit_free (data);
}

char *
inb_lead_edit_make_id (InbLeadEdit *self,
                       const char  *name)
{
  return self->key == NULL ? inb_uuid_new_v7 () : inb_edit_derive_id (self->key, name);
}

/**
 * inb_lead_edit_add:
 * @fields: without `id` and `group`; without `entity_id` it is the row to be answered
 *
 * Returns: whether it is a mutation that can be asked for
 */
gboolean
inb_lead_edit_add (InbLeadEdit          *self,
                   const InbEditFields  *fields,
                   GError              **error)
{
  g_autofree char *name = g_strdup_printf ("mutation %u", self->mutations->len);
  g_autofree char *id = inb_lead_edit_make_id (self, name);
  InbEditFields complete = *fields;
  InbMutation *mutation;

  complete.id = id;
  complete.group = self->group;
  if (complete.entity_id == NULL)
    complete.entity_id = self->id;
  mutation = inb_edit_build (&complete, error);
  if (mutation == NULL)
    return FALSE;

  g_ptr_array_add (self->mutations, mutation);
  g_ptr_array_add (self->results, NULL);

  return TRUE;
}

static InbMutation *
get_mutation (gpointer data,
              guint    index)
{
  InbLeadEdit *self = data;

  return inb_mutation_ref (g_ptr_array_index (self->mutations, index));
}

static void
take_answer (gpointer           data,
             guint              index,
             InbMutationResult *result)
{
  InbLeadEdit *self = data;

  unref_result (g_ptr_array_index (self->results, index));
  g_ptr_array_index (self->results, index) = inb_mutation_result_ref (result);
}

static InbKind
get_kind (InbLeadEdit *self)
{
  return self->answer == INB_LEAD_EDIT_LEAD ? INB_KIND_LEAD : INB_KIND_ACTIVITY;
}

static const char *
get_contact_id (InbLeadEdit *self,
                InbRowSet   *rows)
{
  InbRow *lead = self->answer == INB_LEAD_EDIT_LEAD ? inb_row_set_find (rows, INB_KIND_LEAD, self->id) : NULL;

  return lead == NULL ? NULL : inb_row_get (lead, INB_LEAD_CONTACT_ID);
}

static void
add_wanted_rows (gpointer      data,
                 InbRowSet    *rows,
                 InbEditNeeds *needs)
{
  InbLeadEdit *self = data;
  const char *contact_id;

  if (rows == NULL)
    {
      g_hash_table_add (needs->ids[get_kind (self)], g_strdup (self->id));
      return;
    }

  contact_id = get_contact_id (self, rows);
  if (contact_id != NULL && inb_row_set_find (rows, INB_KIND_CONTACT, contact_id) == NULL)
    g_hash_table_add (needs->ids[INB_KIND_CONTACT], g_strdup (contact_id));
}

static void
append_members (GString *json,
                InbRow  *row)
{
  inb_row_append_json (row, TRUE, json);
  g_string_truncate (json, json->len - 1);
}

static void
look (gpointer   data,
      InbRowSet *rows)
{
  InbLeadEdit *self = data;
  InbRow *row = inb_row_set_find (rows, get_kind (self), self->id);
  const char *contact_id = get_contact_id (self, rows);
  InbRow *contact = contact_id == NULL ? NULL : inb_row_set_find (rows, INB_KIND_CONTACT, contact_id);

  if (row == NULL)
    return;

  if (self->json != NULL)
    g_string_free (self->json, TRUE);
  self->json = g_string_new ("{");
  inb_json_append_name (self->json, inb_kind_get_name (get_kind (self)));
  append_members (self->json, row);
  if (contact != NULL)
    {
      inb_json_append_name (self->json, "contact");
      inb_row_append_json (contact, TRUE, self->json);
    }
  g_string_append (self->json, "}}");
}

static void
respond_rejected (InbLeadEdit             *self,
                  const InbMutationResult *result)
{
  InbErrorCode code = INB_ERROR_INTERNAL;
  g_autoptr (GError) error = NULL;

  inb_error_from_name (result->code, &code);
  g_set_error_literal (&error, INB_ERROR, (int) code, result->message);
  inb_http_request_respond_error (self->request, error);
}

/* Problem JSON with the results, which name the fields and what stands there. */
static void
respond_conflict (InbLeadEdit *self)
{
  g_autoptr (GError) error = g_error_new_literal (INB_ERROR, INB_ERROR_CONFLICT,
                                                  "Somebody has changed a field since it was read; nothing was written");
  const char *content_type;
  GString *json = inb_http_problem_new (inb_http_request_get_path (self->request), error, &content_type);

  g_string_truncate (json, json->len - 1);
  inb_json_append_name (json, "results");
  g_string_append_c (json, '[');
  for (guint i = 0; i < self->results->len; i++)
    {
      const InbMutation *mutation = g_ptr_array_index (self->mutations, i);

      if (i > 0)
        g_string_append_c (json, ',');
      inb_mutation_result_append_json (g_ptr_array_index (self->results, i), mutation->kind, json);
    }
  g_string_append (json, "]}");
  inb_http_request_respond (self->request, inb_error_get_status (INB_ERROR_CONFLICT), content_type,
                            g_string_free_to_bytes (json));
}

static const InbMutationResult *
find_result (InbLeadEdit       *self,
             InbMutationStatus  status)
{
  for (guint i = 0; i < self->results->len; i++)
    {
      const InbMutationResult *result = g_ptr_array_index (self->results, i);

      if (result->status == status)
        return result;
    }

  return NULL;
}

static void
on_done (gpointer      data,
         gint64        head,
         const GError *error)
{
  InbLeadEdit *self = data;
  const InbMutationResult *rejected = error == NULL ? find_result (self, INB_MUTATION_REJECTED) : NULL;

  if (error != NULL)
    inb_http_request_respond_error (self->request, error);
  else if (rejected != NULL)
    respond_rejected (self, rejected);
  else if (find_result (self, INB_MUTATION_CONFLICT) != NULL)
    respond_conflict (self);
  else
    inb_http_request_respond_json (self->request, self->status, g_steal_pointer (&self->json));
}

static const InbEditFuncs edit_funcs = {
  .get = get_mutation,
  .answer = take_answer,
  .more = add_wanted_rows,
  .look = look,
  .done = on_done,
  .free_data = free_edit,
  .is_atomic = TRUE,
};

/**
 * inb_lead_edit_push:
 * @self: (transfer full): with at least one mutation
 *
 * The request is answered when all is committed.
 */
void
inb_lead_edit_push (InbLeadEdit *self,
                    InbApi      *api)
{
  g_autoptr (InbHttpRequest) request = inb_http_request_ref (self->request);
  gsize size = SIZE + g_bytes_get_size (inb_http_request_get_body (request));

  inb_api_push (api, request, inb_edit_job_new (self->session, &edit_funcs, self->mutations->len, self, size));
}
