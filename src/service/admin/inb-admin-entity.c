#define G_LOG_DOMAIN "inb-service"

#include "inb-admin-entity.h"

#include "inb-error.h"
#include "inb-uuid.h"

InbAdminEntity *
inb_admin_entity_new (InbApi     *api,
                      JsonNode   *body,
                      const char *id)
{
  InbAdminEntity *self = g_new0 (InbAdminEntity, 1);

  self->api = api;
  self->body = body;
  self->id = g_strdup (id);

  return self;
}

void
inb_admin_entity_free (gpointer data)
{
  InbAdminEntity *self = data;

  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->row, inb_row_unref);
  if (self->token != NULL)
    g_string_free (self->token, TRUE);
  g_free (self->id);
  g_free (self);
}

GString *
inb_admin_entity_answer (gpointer   data,
                         InbAdmin  *admin,
                         InbWrite  *write)
{
  InbAdminEntity *self = data;
  GString *json = g_string_new (NULL);

  inb_row_append_json (self->row, FALSE, json);

  return json;
}

JsonObject *
inb_admin_entity_get_body (InbAdminEntity *self)
{
  return json_node_get_object (self->body);
}

char *
inb_admin_read_id (InbHttpRequest *request,
                   const char     *what)
{
  char *id = inb_uuid_normalize (inb_http_request_get_segment (request, "id"));
  g_autoptr (GError) error = NULL;

  if (id == NULL)
    {
      g_set_error (&error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no such %s", what);
      inb_http_request_respond_error (request, error);
    }

  return id;
}
