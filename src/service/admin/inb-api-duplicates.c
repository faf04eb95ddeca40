#define G_LOG_DOMAIN "inb-service"

#include "inb-api-duplicates.h"

#include "inb-admin-write.h"
#include "inb-duplicates-job.h"
#include "inb-params.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 200

static const char * const known_params[] = { "workspace_id", "limit", "cursor", NULL };

static void
on_get (InbApi         *api,
        InbHttpRequest *request,
        InbSession     *session)
{
  GHashTable *params = inb_http_request_get_params (request);
  g_autoptr (GError) error = NULL;
  InbDuplicatesRequest *wanted = NULL;
  gint64 limit;

  if (inb_params_check (params, known_params, &error)
      && inb_params_get_integer (params, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT, &limit, &error))
    wanted = inb_duplicates_request_new (session->workspace_id, inb_params_get (params, "cursor"), limit, &error);
  if (wanted == NULL)
    inb_http_request_respond_error (request, error);
  else
    inb_api_read (api, request, inb_duplicates_job, wanted, inb_duplicates_request_free);
}

/**
 * inb_api_duplicates_register:
 * @server: gets the route
 */
void
inb_api_duplicates_register (InbApi        *self,
                             InbHttpServer *server)
{
  inb_admin_add_route (self, server, "GET", "/api/duplicates", INB_RIGHT_READ, on_get);
}
