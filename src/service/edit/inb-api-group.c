#define G_LOG_DOMAIN "inb-service"

#include "inb-api-group.h"

#include "inb-error.h"
#include "inb-group-undo.h"
#include "inb-params.h"
#include "inb-uuid.h"

static const char * const only_workspace[] = { "workspace_id", NULL };

static void
on_undo (InbApi         *api,
         InbHttpRequest *request,
         InbSession     *session)
{
  g_autofree char *group = inb_uuid_normalize (inb_http_request_get_segment (request, "id"));
  g_autoptr (GError) error = NULL;

  if (inb_params_check (inb_http_request_get_params (request), only_workspace, &error) && group == NULL)
    g_set_error_literal (&error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no such group");

  if (error != NULL)
    inb_http_request_respond_error (request, error);
  else
    inb_group_undo_start (api, request, session, group);
}

/**
 * inb_api_group_register:
 * @server: gets the route
 */
void
inb_api_group_register (InbApi        *self,
                        InbHttpServer *server)
{
  inb_api_add (self, server, "POST", "/api/groups/{id}/undo", INB_HTTP_ROUTE_NONE, INB_ROLE_AGENT, on_undo);
}
