#define G_LOG_DOMAIN "inb-service"

#include "inb-admin-entity.h"

#include "inb-error.h"
#include "inb-uuid.h"

static gboolean
entity_run (gpointer   data,
            InbAdmin  *admin,
            InbWrite  *write,
            GError   **error)
{
  InbAdminEntity *self = data;

  return self->route->run (self, admin, error);
}

static GString *
entity_answer (gpointer   data,
               InbAdmin  *admin,
               InbWrite  *write)
{
  InbAdminEntity *self = data;
  GString *json;

  if (self->route->answer != NULL)
    return self->route->answer (self, admin);

  json = g_string_new (NULL);
  inb_row_append_json (self->row, FALSE, json);

  return json;
}

static void
entity_free (gpointer data)
{
  InbAdminEntity *self = data;

  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->row, inb_row_unref);
  if (self->token != NULL)
    g_string_free (self->token, TRUE);
  g_free (self->server);
  g_free (self->id);
  g_free (self);
}

static const InbAdminFuncs entity_funcs = {
  .run = entity_run,
  .answer = entity_answer,
  .free_data = entity_free,
};

JsonObject *
inb_admin_entity_get_body (InbAdminEntity *self)
{
  return json_node_get_object (self->body);
}

void
inb_admin_entity_take_row (InbAdminEntity *self,
                           InbRow         *row)
{
  g_clear_pointer (&self->row, inb_row_unref);
  self->row = row;
}

void
inb_admin_entity_take_token (InbAdminEntity *self,
                             GString        *token)
{
  if (self->token != NULL)
    g_string_free (self->token, TRUE);
  self->token = token;
}

/* @text: (out) (transfer full) */
static gboolean
read_id (InbHttpRequest  *request,
         InbAdminId       id,
         char           **text)
{
  const char *segment = inb_http_request_get_segment (request, "id");
  g_autoptr (GError) error = NULL;

  *text = id == INB_ADMIN_ID_UUID ? inb_uuid_normalize (segment) : g_strdup (segment);
  if (id != INB_ADMIN_ID_UUID || *text != NULL)
    return TRUE;

  g_set_error (&error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is nothing of the id “%s”", segment);
  inb_http_request_respond_error (request, error);

  return FALSE;
}

static void
on_request (InbApi         *api,
            InbHttpRequest *request,
            InbSession     *session,
            gconstpointer   data)
{
  const InbAdminEntityRoute *route = data;
  guint status = g_str_equal (route->method, "POST") ? 201 : 200;
  g_autofree char *text = NULL;
  JsonNode *body = NULL;
  InbAdminEntity *self;

  if (!read_id (request, route->id, &text)
      || (route->members == NULL ? !inb_admin_check_params (request)
                                 : (body = inb_admin_read_body (request, route->members)) == NULL))
    return;

  self = g_new0 (InbAdminEntity, 1);
  self->route = route;
  self->body = body;
  self->id = g_steal_pointer (&text);
  self->server = inb_api_get_public_url (api, request);
  inb_admin_write (api, request, session, route->right, status, &entity_funcs, self);
}

void
inb_admin_entity_add_routes (InbApi                    *api,
                             InbHttpServer             *server,
                             const InbAdminEntityRoute *routes,
                             guint                      n_routes)
{
  for (guint i = 0; i < n_routes; i++)
    inb_api_add_with_data (api, server, routes[i].method, routes[i].pattern, INB_HTTP_ROUTE_NONE, inb_right_get_role (routes[i].right),
                           on_request, &routes[i]);
}
