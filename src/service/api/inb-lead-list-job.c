#define G_LOG_DOMAIN "inb-service"

#include "inb-lead-list-job.h"

#include "inb-json.h"
#include "inb-lead-select.h"
#include "inb-read.h"
#include "inb-result-json.h"
#include "inb-sql.h"
#include "inb-time.h"

#define ROW_SIZE 1500 /* of JSON, a guess that spares copying */

enum { METRIC_TOTAL, METRIC_NEW, METRIC_PENDING, METRIC_CONVERTED, METRIC_TODAY, METRIC_TOP_PRODUCT, METRIC_TOP_SOURCE };
enum { TOTAL_LEADS, TOTAL_IS_EXACT };

struct _InbLeadListJob {
  char           *workspace_id;
  InbLeadRequest *request;
};

InbLeadListJob *
inb_lead_list_job_new (const char     *workspace_id,
                       InbLeadRequest *request)
{
  InbLeadListJob *self = g_new0 (InbLeadListJob, 1);

  self->workspace_id = g_strdup (workspace_id);
  self->request = request;

  return self;
}

void
inb_lead_list_job_free (gpointer job)
{
  InbLeadListJob *self = job;

  g_free (self->workspace_id);
  inb_lead_request_free (self->request);
  g_free (self);
}

static gint64
get_integer (const PGresult *result,
             int             field)
{
  return g_ascii_strtoll (PQgetvalue (result, 0, field), NULL, 10);
}

static void
append_leads (GString              *json,
              const PGresult       *page,
              const InbLeadRequest *request)
{
  int n_rows = (int) MIN (request->limit, (gint64) PQntuples (page));

  inb_json_append_name (json, "leads");
  g_string_append_c (json, '[');
  for (int row = 0; row < n_rows; row++)
    {
      int contact;

      g_string_append (json, row == 0 ? "{" : ",{");
      contact = inb_result_append_members (json, page, row, 0, INB_KIND_LEAD, FALSE);
      inb_json_append_name (json, "contact");
      g_string_append_c (json, '{');
      inb_result_append_members (json, page, row, contact, INB_KIND_CONTACT, FALSE);
      g_string_append (json, "}}");
    }
  g_string_append_c (json, ']');
}

static void
append_text_field (GString        *json,
                   const char     *name,
                   const PGresult *result,
                   int             field)
{
  inb_json_append_member (json, name, inb_db_get_text (result, 0, field));
}

static void
append_metrics (GString        *json,
                const PGresult *metrics)
{
  gint64 total = get_integer (metrics, METRIC_TOTAL);
  gint64 converted = get_integer (metrics, METRIC_CONVERTED);
  gint64 per_mille = total <= 0 ? 0 : (converted * 2000 + total) / (2 * total);
  g_autofree char *rate = g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "%%", per_mille / 10, per_mille % 10);

  inb_json_append_name (json, "metrics");
  g_string_append_c (json, '{');
  inb_json_append_member_integer (json, "totalLeads", total);
  inb_json_append_member_integer (json, "newLeads", get_integer (metrics, METRIC_NEW));
  inb_json_append_member_integer (json, "pending", get_integer (metrics, METRIC_PENDING));
  inb_json_append_member_integer (json, "todayLeads", get_integer (metrics, METRIC_TODAY));
  append_text_field (json, "topProduct", metrics, METRIC_TOP_PRODUCT);
  append_text_field (json, "topSource", metrics, METRIC_TOP_SOURCE);
  inb_json_append_member (json, "conversionRate", rate);
  g_string_append_c (json, '}');
}

static void
append_next_cursor (GString              *json,
                    const PGresult       *page,
                    const InbLeadRequest *request)
{
  gboolean by_creation = request->sort == INB_LEAD_SORT_CREATED_DESC || request->sort == INB_LEAD_SORT_CREATED;
  int row = (int) request->limit - 1;
  g_autofree char *time = NULL;
  g_autofree char *cursor = NULL;

  if (PQntuples (page) > request->limit)
    {
      time = inb_time_from_postgres (PQgetvalue (page, row, by_creation ? INB_LEAD_CREATED_AT : INB_LEAD_LAST_ACTIVITY_AT));
      cursor = inb_lead_cursor_encode (request->sort, time, PQgetvalue (page, row, INB_LEAD_ID));
    }
  inb_json_append_member (json, "next_cursor", cursor);
}

/* The count itself, when the roll-up no longer names every source and product. */
static gboolean
count_leads (InbDb                *db,
             const InbLeadListJob *self,
             const InbLeadSelect  *select,
             gint64               *total,
             GError              **error)
{
  g_autoptr (PGresult) result = NULL;

  result = inb_read_one (db, self->workspace_id, select->count_sql, select->n_filter_params,
                         (const char * const *) select->page->params->pdata, error);
  if (result == NULL)
    return FALSE;

  *total = get_integer (result, 0);

  return TRUE;
}

/* What the page's trip brings. */
typedef struct {
  PGresult *page;
  PGresult *metrics;
  PGresult *totals; /* NULL without a filter */
} Answer;

static void
answer_clear (Answer *answer)
{
  PQclear (answer->page);
  PQclear (answer->metrics);
  PQclear (answer->totals);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static gboolean
send_total (InbRead             *read,
            const InbLeadSelect *select,
            GError             **error)
{
  GPtrArray *params = select->total_sql == NULL ? select->page->params : select->total->params;

  return inb_read_send (read, select->total_sql == NULL ? select->count_sql : select->total_sql,
                        select->total_sql == NULL ? select->n_filter_params : params->len,
                        (const char * const *) params->pdata, error);
}

static gboolean
read_answer (InbDb                *db,
             const InbLeadListJob *self,
             const InbLeadSelect  *select,
             Answer               *answer,
             GError              **error)
{
  GPtrArray *params = select->page->params;
  const char *workspace = self->workspace_id;
  gboolean is_filtered = select->n_filter_params > 1;
  InbRead read;

  return inb_read_begin (&read, db, workspace, FALSE, error) &&
         inb_read_send (&read, select->page_sql, params->len, (const char * const *) params->pdata, error) &&
         inb_read_send (&read, inb_sql_get ("api/lead-metrics"), 1, &workspace, error) &&
         (!is_filtered || send_total (&read, select, error)) &&
         inb_read_finish (&read, error) &&
         (answer->page = inb_read_receive (&read, error)) != NULL &&
         (answer->metrics = inb_read_receive (&read, error)) != NULL &&
         (!is_filtered || (answer->totals = inb_read_receive (&read, error)) != NULL) &&
         inb_read_end (&read, error);
}

/**
 * inb_lead_list_job_run:
 * @job: an #InbLeadListJob
 *
 * One trip to the database, two when the filter depends on the workspace's zone or stages. Run by the reader pool.
 *
 * Returns: (transfer full): a #GString with the answer's JSON
 */
gpointer
inb_lead_list_job_run (InbDb     *db,
                       gpointer   job,
                       GError   **error)
{
  InbLeadListJob *self = job;
  g_autoptr (InbWorkspaceInfo) info = NULL;
  g_autoptr (InbLeadSelect) select = NULL;
  g_auto (Answer) answer = { NULL };
  GString *json;
  gint64 total;

  if (inb_lead_scope_needs_calendar (self->request->scope) &&
      (info = inb_workspace_info_read (db, self->workspace_id, inb_time_now (), error)) == NULL)
    return NULL;
  select = inb_lead_select_new (self->request, info, self->workspace_id);
  if (!read_answer (db, self, select, &answer, error))
    {
      g_prefix_error (error, "Reading leads: ");
      return NULL;
    }

  total = get_integer (answer.totals == NULL ? answer.metrics : answer.totals, TOTAL_LEADS);
  if (answer.totals != NULL && select->total_sql != NULL && *PQgetvalue (answer.totals, 0, TOTAL_IS_EXACT) != 't' &&
      !count_leads (db, self, select, &total, error))
    {
      g_prefix_error (error, "Counting leads: ");
      return NULL;
    }

  json = g_string_sized_new (ROW_SIZE * (gsize) (PQntuples (answer.page) + 1));
  g_string_append_c (json, '{');
  append_leads (json, answer.page, self->request);
  append_metrics (json, answer.metrics);
  inb_json_append_member_integer (json, "total", total);
  append_next_cursor (json, answer.page, self->request);
  g_string_append_c (json, '}');

  return json;
}
