#define G_LOG_DOMAIN "inb-service"

#include "inb-api-figures.h"

#include "inb-heat-map-job.h"
#include "inb-metrics-job.h"
#include "inb-time.h"
#include "inb-trends-job.h"

static const char * const no_params[] = { NULL };

static void
on_metrics (InbApi         *api,
            InbHttpRequest *request,
            InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  InbLeadScope *scope = inb_lead_scope_new (inb_http_request_get_params (request), no_params, &error);

  if (scope == NULL)
    inb_http_request_respond_error (request, error);
  else
    inb_api_read (api, request, inb_metrics_job_run, inb_metrics_job_new (session->workspace_id, scope, inb_time_now ()),
                  inb_metrics_job_free);
}

static void
on_heat_map (InbApi         *api,
             InbHttpRequest *request,
             InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  InbHeatMapJob *job = inb_heat_map_job_new (session->workspace_id, inb_http_request_get_params (request), inb_time_now (), &error);

  if (job == NULL)
    inb_http_request_respond_error (request, error);
  else
    inb_api_read (api, request, inb_heat_map_job_run, job, inb_heat_map_job_free);
}

static void
on_trends (InbApi         *api,
           InbHttpRequest *request,
           InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  InbTrendsJob *job = inb_trends_job_new (session->workspace_id, inb_http_request_get_params (request), inb_time_now (), &error);

  if (job == NULL)
    inb_http_request_respond_error (request, error);
  else
    inb_api_read (api, request, inb_trends_job_run, job, inb_trends_job_free);
}

/**
 * inb_api_figures_register:
 * @server: gets the routes
 */
void
inb_api_figures_register (InbApi        *self,
                          InbHttpServer *server)
{
  inb_api_add (self, server, "GET", "/api/metrics", INB_HTTP_ROUTE_NONE, INB_ROLE_VIEWER, on_metrics);
  inb_api_add (self, server, "GET", "/api/heatmap", INB_HTTP_ROUTE_NONE, INB_ROLE_VIEWER, on_heat_map);
  inb_api_add (self, server, "GET", "/api/trends", INB_HTTP_ROUTE_NONE, INB_ROLE_VIEWER, on_trends);
}
