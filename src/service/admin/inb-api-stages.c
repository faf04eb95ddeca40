#define G_LOG_DOMAIN "inb-service"

#include "inb-api-stages.h"

#include "inb-directory-load.h"
#include "inb-read.h"
#include "inb-stage-job.h"

static const char * const members[] = { "change_seq", "stages", "archive", NULL };

static gpointer
read_stages (InbDb     *db,
             gpointer   workspace_id,
             GError   **error)
{
  const char *params[] = { workspace_id };
  g_autoptr (PGresult) result = NULL;
  g_autoptr (InbStageSet) stages = NULL;

  result = inb_read_one (db, workspace_id, inb_directory_get_stages_sql (), G_N_ELEMENTS (params), params, error);
  if (result == NULL)
    {
      g_prefix_error (error, "Reading the stages: ");
      return NULL;
    }

  stages = inb_directory_read_stages (result);

  return inb_stages_to_json (stages);
}

static void
on_get (InbApi         *api,
        InbHttpRequest *request,
        InbSession     *session)
{
  if (inb_admin_check_params (request))
    inb_api_read (api, request, read_stages, g_strdup (session->workspace_id), g_free);
}

static const InbAdminFuncs put_funcs = {
  .run = inb_stage_job_run,
  .answer = inb_stage_job_answer,
  .free_data = inb_stage_job_free,
};

static void
on_put (InbApi         *api,
        InbHttpRequest *request,
        InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  JsonNode *body = inb_admin_read_body (request, members);
  InbStageJob *job;

  if (body == NULL)
    return;

  job = inb_stage_job_new (body, &error);
  if (job == NULL)
    inb_http_request_respond_error (request, error);
  else
    inb_admin_write (api, request, session, INB_RIGHT_STAGES, 200, &put_funcs, job);
}

/**
 * inb_api_stages_register:
 * @server: gets the routes
 */
void
inb_api_stages_register (InbApi        *self,
                         InbHttpServer *server)
{
  inb_admin_add_route (self, server, "GET", "/api/stages", INB_RIGHT_READ, on_get);
  inb_admin_add_route (self, server, "PUT", "/api/stages", INB_RIGHT_STAGES, on_put);
}
