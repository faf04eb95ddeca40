#define G_LOG_DOMAIN "inb-service"

#include "inb-api-lead-edits.h"

#include "inb-edit-body.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-lead-edit.h"
#include "inb-params.h"
#include "inb-read.h"
#include "inb-sql.h"
#include "inb-uuid.h"

#define CONTACT "contact"
#define BASE "base"

static const char * const only_workspace[] = { "workspace_id", NULL };

/* A PATCH that names fields of the contact, while it is looked up whose they are. */
typedef struct {
  /* Owned */
  InbHttpRequest *request;
  InbSession     *session;
  char           *lead_id;

  /* Borrowed */
  InbApi         *api;
} Patch;

static void
patch_free (gpointer data)
{
  Patch *patch = data;

  inb_http_request_unref (patch->request);
  inb_session_unref (patch->session);
  g_free (patch->lead_id);
  g_free (patch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Patch, patch_free)

/* The body, and the id in the path if there is one. Answers the request when something is wrong. */
static JsonNode *
read_request (InbHttpRequest  *request,
              char           **lead_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = NULL;

  if (lead_id != NULL)
    *lead_id = inb_uuid_normalize (inb_http_request_get_segment (request, "id"));
  if (inb_params_check (inb_http_request_get_params (request), only_workspace, &error) && lead_id != NULL && *lead_id == NULL)
    g_set_error_literal (&error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no such lead");
  if (error == NULL)
    body = inb_edit_body_parse (inb_http_request_get_body (request), &error);
  if (error != NULL)
    inb_http_request_respond_error (request, error);

  return g_steal_pointer (&body);
}

/* Takes a member that must be an object out of @object; NULL when it is not there. */
static gboolean
take_object (JsonObject   *object,
             const char   *name,
             JsonObject  **taken,
             GError      **error)
{
  JsonNode *node = json_object_get_member (object, name);

  *taken = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "“%s” must be an object", name);
      return FALSE;
    }

  *taken = json_object_ref (json_node_get_object (node));
  json_object_remove_member (object, name);

  return TRUE;
}

static gboolean
is_empty (JsonObject *object)
{
  return object == NULL || json_object_get_size (object) == 0;
}

/* @values is what is left of the body when contact and base are taken out. @contact_id: NULL when no field of the contact's is named */
static gboolean
add_patches (InbLeadEdit  *edit,
             JsonObject   *values,
             const char   *contact_id,
             GError      **error)
{
  g_autoptr (JsonObject) contact = NULL;
  g_autoptr (JsonObject) base = NULL;
  g_autoptr (JsonObject) contact_base = NULL;
  InbEditFields of_lead = { .verb = INB_MUTATION_UPDATE, .kind = INB_KIND_LEAD, .values = values };
  InbEditFields of_contact = { .verb = INB_MUTATION_UPDATE, .kind = INB_KIND_CONTACT, .entity_id = contact_id };

  if (!take_object (values, CONTACT, &contact, error)
      || !take_object (values, BASE, &base, error)
      || (base != NULL && !take_object (base, CONTACT, &contact_base, error)))
    return FALSE;
  if (is_empty (values) && is_empty (contact))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "Name at least one field to be changed");
      return FALSE;
    }

  of_lead.bases = base;
  of_contact.values = contact;
  of_contact.bases = contact_base;

  return (is_empty (values) || inb_lead_edit_add (edit, &of_lead, error))
         && (is_empty (contact) || inb_lead_edit_add (edit, &of_contact, error));
}

static void
submit_patch (InbApi         *api,
              InbHttpRequest *request,
              InbSession     *session,
              const char     *lead_id,
              JsonObject     *body,
              const char     *contact_id)
{
  g_autoptr (InbLeadEdit) edit = inb_lead_edit_new (request, session, INB_LEAD_EDIT_LEAD, lead_id, 200);
  g_autoptr (GError) error = NULL;

  if (add_patches (edit, body, contact_id, &error))
    inb_lead_edit_push (g_steal_pointer (&edit), api);
  else
    inb_http_request_respond_error (request, error);
}

static gpointer
read_contact_id (InbDb     *db,
                 gpointer   data,
                 GError   **error)
{
  Patch *patch = data;
  const char *params[] = { patch->session->workspace_id, patch->lead_id };
  g_autoptr (PGresult) result = NULL;

  result = inb_read_one (db, patch->session->workspace_id, inb_sql_get ("edit/find-contact"), G_N_ELEMENTS (params), params, error);
  if (result == NULL)
    {
      g_prefix_error (error, "Reading whose lead it is: ");
      return NULL;
    }
  if (PQntuples (result) == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no such lead");
      return NULL;
    }

  return g_strdup (PQgetvalue (result, 0, 0));
}

static void
on_contact_id (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Patch) patch = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *contact_id = inb_reader_pool_run_finish (INB_READER_POOL (source), result, &error);
  g_autoptr (JsonNode) body = NULL;

  if (contact_id != NULL)
    body = inb_edit_body_parse (inb_http_request_get_body (patch->request), &error);
  if (body == NULL)
    inb_http_request_respond_error (patch->request, error);
  else
    submit_patch (patch->api, patch->request, patch->session, patch->lead_id, json_node_get_object (body), contact_id);
}

static void
on_patch (InbApi         *api,
          InbHttpRequest *request,
          InbSession     *session)
{
  g_autofree char *lead_id = NULL;
  g_autoptr (JsonNode) body = read_request (request, &lead_id);
  Patch *patch;

  if (body == NULL)
    return;
  if (!json_object_has_member (json_node_get_object (body), CONTACT))
    {
      submit_patch (api, request, session, lead_id, json_node_get_object (body), NULL);
      return;
    }

  patch = g_new0 (Patch, 1);
  patch->api = api;
  patch->request = inb_http_request_ref (request);
  patch->session = inb_session_ref (session);
  patch->lead_id = g_steal_pointer (&lead_id);
  inb_reader_pool_run_async (api->readers, read_contact_id, patch, NULL, g_free, NULL, on_contact_id, patch);
}

static void
on_activity (InbApi         *api,
             InbHttpRequest *request,
             InbSession     *session)
{
  g_autofree char *lead_id = NULL;
  g_autoptr (JsonNode) body = read_request (request, &lead_id);
  g_autoptr (InbLeadEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  InbEditFields fields = { .verb = INB_MUTATION_CREATE, .kind = INB_KIND_ACTIVITY };

  if (body == NULL)
    return;

  fields.values = json_node_get_object (body);
  if (json_object_has_member (fields.values, "lead_id") || json_object_has_member (fields.values, "contact_id"))
    {
      g_set_error_literal (&error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "The activity is that of the lead in the path");
      inb_http_request_respond_error (request, error);
      return;
    }

  json_object_set_string_member (fields.values, "lead_id", lead_id);
  edit = inb_lead_edit_new (request, session, INB_LEAD_EDIT_ACTIVITY, NULL, 201);
  if (inb_lead_edit_add (edit, &fields, &error))
    inb_lead_edit_push (g_steal_pointer (&edit), api);
  else
    inb_http_request_respond_error (request, error);
}

/* A lead for a contact that is there, or for one that is made with it. */
static gboolean
add_creations (InbLeadEdit  *edit,
               JsonObject   *values,
               GError      **error)
{
  g_autoptr (JsonObject) contact = NULL;
  g_autofree char *contact_id = NULL;
  InbEditFields of_lead = { .verb = INB_MUTATION_CREATE, .kind = INB_KIND_LEAD, .values = values };
  InbEditFields of_contact = { .verb = INB_MUTATION_CREATE, .kind = INB_KIND_CONTACT };

  if (!take_object (values, CONTACT, &contact, error))
    return FALSE;
  if ((contact != NULL) == json_object_has_member (values, "contact_id"))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "A lead needs either “contact_id” or “contact”");
      return FALSE;
    }
  if (contact == NULL)
    return inb_lead_edit_add (edit, &of_lead, error);

  contact_id = inb_lead_edit_make_id (edit, CONTACT);
  json_object_set_string_member (values, "contact_id", contact_id);
  of_contact.entity_id = contact_id;
  of_contact.values = contact;

  return inb_lead_edit_add (edit, &of_contact, error) && inb_lead_edit_add (edit, &of_lead, error);
}

static void
on_create (InbApi         *api,
           InbHttpRequest *request,
           InbSession     *session)
{
  g_autoptr (JsonNode) body = read_request (request, NULL);
  g_autoptr (InbLeadEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  if (body == NULL)
    return;

  edit = inb_lead_edit_new (request, session, INB_LEAD_EDIT_LEAD, NULL, 201);
  if (add_creations (edit, json_node_get_object (body), &error))
    inb_lead_edit_push (g_steal_pointer (&edit), api);
  else
    inb_http_request_respond_error (request, error);
}

/**
 * inb_api_lead_edits_register:
 * @server: gets the routes
 */
void
inb_api_lead_edits_register (InbApi        *self,
                             InbHttpServer *server)
{
  inb_api_add (self, server, "POST", "/api/inbound-leads", INB_HTTP_ROUTE_NONE, INB_ROLE_AGENT, on_create);
  inb_api_add (self, server, "PATCH", "/api/inbound-leads/{id}", INB_HTTP_ROUTE_NONE, INB_ROLE_AGENT, on_patch);
  inb_api_add (self, server, "POST", "/api/inbound-leads/{id}/activities", INB_HTTP_ROUTE_NONE, INB_ROLE_AGENT, on_activity);
}
