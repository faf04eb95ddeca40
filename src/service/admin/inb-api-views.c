#define G_LOG_DOMAIN "inb-service"

#include "inb-api-views.h"

#include "inb-admin-list.h"
#include "inb-admin-write.h"

static void
on_get (InbApi         *api,
        InbHttpRequest *request,
        InbSession     *session)
{
  inb_admin_list (api, request, session, "admin/views", INB_KIND_VIEW, "views", TRUE);
}

/**
 * inb_api_views_register:
 * @server: gets the route
 *
 * Views are written by mutations.
 */
void
inb_api_views_register (InbApi        *self,
                        InbHttpServer *server)
{
  inb_admin_add_route (self, server, "GET", "/api/views", INB_RIGHT_READ, on_get);
}
