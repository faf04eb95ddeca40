#define G_LOG_DOMAIN "inb-service"

#include "inb-api-leads.h"

#include "inb-error.h"
#include "inb-export.h"
#include "inb-json.h"
#include "inb-lead-request.h"
#include "inb-lead-list-job.h"
#include "inb-params.h"
#include "inb-read.h"
#include "inb-result-json.h"
#include "inb-sql.h"
#include "inb-template.h"
#include "inb-uuid.h"

static const char * const only_workspace[] = { "workspace_id", NULL };

/* What is read about one thing: a lead, or who asks. */
typedef struct {
  char    *workspace_id;
  char    *id;
  InbRole  role;
} ReadJob;

enum { ME_ID, ME_NAME, ME_EMAIL, ME_IS_SERVICE, ME_ROLE, ME_WORKSPACE_ID, ME_WORKSPACE_NAME, ME_REGION, ME_TIMEZONE, ME_CURRENCY };

static ReadJob *
read_job_new (InbSession *session,
              const char *id)
{
  ReadJob *job = g_new0 (ReadJob, 1);

  job->workspace_id = g_strdup (session->workspace_id);
  job->id = g_strdup (id);
  job->role = session->role;

  return job;
}

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  g_free (job->workspace_id);
  g_free (job->id);
  g_free (job);
}

static void
on_list (InbApi         *api,
         InbHttpRequest *request,
         InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  InbLeadRequest *wanted = inb_lead_request_new (inb_http_request_get_params (request), &error);

  if (wanted == NULL)
    inb_http_request_respond_error (request, error);
  else
    inb_api_read (api, request, inb_lead_list_job_run, inb_lead_list_job_new (session->workspace_id, wanted),
                  inb_lead_list_job_free);
}

static void
on_export (InbApi         *api,
           InbHttpRequest *request,
           InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  InbExportRequest *wanted = inb_export_request_new (inb_http_request_get_params (request), &error);

  if (wanted == NULL)
    inb_http_request_respond_error (request, error);
  else
    inb_export_start (api, request, session, wanted);
}

static char *
make_lead_sql (void)
{
  return inb_template_expand (inb_sql_get ("api/lead"),
                              "lead_columns", inb_sql_columns (INB_KIND_LEAD, "l"),
                              "contact_columns", inb_sql_columns (INB_KIND_CONTACT, "c"),
                              NULL);
}

static GString *
write_lead (const PGresult *lead,
            const PGresult *activities)
{
  GString *json = g_string_new ("{\"lead\":{");
  int contact = inb_result_append_members (json, lead, 0, 0, INB_KIND_LEAD, TRUE);

  inb_json_append_name (json, "contact");
  g_string_append_c (json, '{');
  inb_result_append_members (json, lead, 0, contact, INB_KIND_CONTACT, TRUE);
  g_string_append (json, "}},\"activities\":[");
  for (int row = 0; row < PQntuples (activities); row++)
    {
      g_string_append (json, row == 0 ? "{" : ",{");
      inb_result_append_members (json, activities, row, 0, INB_KIND_ACTIVITY, TRUE);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}");

  return json;
}

static gpointer
read_lead (InbDb     *db,
           gpointer   data,
           GError   **error)
{
  ReadJob *job = data;
  const char *params[] = { job->workspace_id, job->id };
  g_autofree char *lead_sql = make_lead_sql ();
  g_autofree char *activities_sql = inb_template_expand (inb_sql_get ("api/lead-activities"), "activity_columns",
                                                         inb_sql_columns (INB_KIND_ACTIVITY, "a"), NULL);
  g_autoptr (PGresult) lead = NULL;
  g_autoptr (PGresult) activities = NULL;
  InbRead read;

  if (!inb_read_begin (&read, db, job->workspace_id, TRUE, error) ||
      !inb_read_send (&read, lead_sql, G_N_ELEMENTS (params), params, error) ||
      !inb_read_send (&read, activities_sql, G_N_ELEMENTS (params), params, error) ||
      !inb_read_finish (&read, error) ||
      (lead = inb_read_receive (&read, error)) == NULL ||
      (activities = inb_read_receive (&read, error)) == NULL ||
      !inb_read_end (&read, error))
    {
      g_prefix_error (error, "Reading a lead: ");
      return NULL;
    }
  if (PQntuples (lead) == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no such lead");
      return NULL;
    }

  return write_lead (lead, activities);
}

static void
on_lead (InbApi         *api,
         InbHttpRequest *request,
         InbSession     *session)
{
  g_autofree char *id = inb_uuid_normalize (inb_http_request_get_segment (request, "id"));
  g_autoptr (GError) error = NULL;

  if (inb_params_check (inb_http_request_get_params (request), only_workspace, &error) && id == NULL)
    g_set_error_literal (&error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no such lead");

  if (error != NULL)
    inb_http_request_respond_error (request, error);
  else
    inb_api_read (api, request, read_lead, read_job_new (session, id), read_job_free);
}

static GString *
write_me (const PGresult *me,
          InbRole         role)
{
  GString *json = g_string_new ("{\"user\":{");

  inb_json_append_member (json, "id", inb_db_get_text (me, 0, ME_ID));
  inb_json_append_member (json, "name", inb_db_get_text (me, 0, ME_NAME));
  inb_json_append_member (json, "email", inb_db_get_text (me, 0, ME_EMAIL));
  inb_json_append_member_boolean (json, "is_service", *PQgetvalue (me, 0, ME_IS_SERVICE) == 't');
  g_string_append_c (json, '}');
  inb_json_append_member (json, "role", inb_role_get_name (role));
  g_string_append (json, ",\"workspaces\":[{");
  inb_json_append_member (json, "id", inb_db_get_text (me, 0, ME_WORKSPACE_ID));
  inb_json_append_member (json, "name", inb_db_get_text (me, 0, ME_WORKSPACE_NAME));
  inb_json_append_member (json, "region", inb_db_get_text (me, 0, ME_REGION));
  inb_json_append_member (json, "timezone", inb_db_get_text (me, 0, ME_TIMEZONE));
  inb_json_append_member (json, "currency", inb_db_get_text (me, 0, ME_CURRENCY));
  inb_json_append_member (json, "role", inb_db_get_text (me, 0, ME_ROLE));
  g_string_append (json, "}]}");

  return json;
}

static gpointer
read_me (InbDb     *db,
         gpointer   data,
         GError   **error)
{
  ReadJob *job = data;
  const char *params[] = { job->workspace_id, job->id };
  g_autoptr (PGresult) me = NULL;

  me = inb_read_one (db, job->workspace_id, inb_sql_get ("api/me"), G_N_ELEMENTS (params), params, error);
  if (me == NULL)
    {
      g_prefix_error (error, "Reading who asks: ");
      return NULL;
    }
  if (PQntuples (me) == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAUTHORIZED, "The token's user is no member any more");
      return NULL;
    }

  return write_me (me, job->role);
}

static void
on_me (InbApi         *api,
       InbHttpRequest *request,
       InbSession     *session)
{
  g_autoptr (GError) error = NULL;

  if (!inb_params_check (inb_http_request_get_params (request), only_workspace, &error))
    inb_http_request_respond_error (request, error);
  else
    inb_api_read (api, request, read_me, read_job_new (session, session->user_id), read_job_free);
}

/**
 * inb_api_leads_register:
 * @server: gets the routes
 */
void
inb_api_leads_register (InbApi        *self,
                        InbHttpServer *server)
{
  inb_api_add (self, server, "GET", "/api/inbound-leads", INB_HTTP_ROUTE_NONE, INB_ROLE_VIEWER, on_list);
  inb_api_add (self, server, "GET", "/api/inbound-leads/{id}", INB_HTTP_ROUTE_NONE, INB_ROLE_VIEWER, on_lead);
  inb_api_add (self, server, "GET", "/api/inbound-leads/export.csv", INB_HTTP_ROUTE_NONE, INB_ROLE_MANAGER, on_export);
  inb_api_add (self, server, "GET", "/api/me", INB_HTTP_ROUTE_NONE, INB_ROLE_VIEWER, on_me);
}
