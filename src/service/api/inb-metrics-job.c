#define G_LOG_DOMAIN "inb-service"

#include "inb-metrics-job.h"

#include "inb-figures.h"
#include "inb-json.h"
#include "inb-result-json.h"
#include "inb-time.h"

#include <string.h>

#define N_DAYS 60
#define N_TOP 5

enum { TOTAL_SOURCE, TOTAL_PRODUCT, TOTAL_STAGE, TOTAL_LEADS, TOTAL_CONVERTED };
enum { DAY_DAY, DAY_STAGE, DAY_LEADS, DAY_CONVERTED };
enum { RESPONSE_ANSWERED, RESPONSE_MEDIAN, RESPONSE_P90, RESPONSE_WITHIN };
enum { LONGEST_ID, LONGEST_SINCE };

struct _InbMetricsJob {
  char         *workspace_id;
  InbLeadScope *scope;
  gint64        now;
};

typedef struct {
  gint64 leads;
  gint64 new_leads;
  gint64 pending;
  gint64 converted;
} Counts;

/* What the trip brings. */
typedef struct {
  PGresult *totals;
  PGresult *days;
  PGresult *responses;
  PGresult *waiting;
  PGresult *longest;
} Answer;

static void
answer_clear (Answer *answer)
{
  PQclear (answer->totals);
  PQclear (answer->days);
  PQclear (answer->responses);
  PQclear (answer->waiting);
  PQclear (answer->longest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

InbMetricsJob *
inb_metrics_job_new (const char   *workspace_id,
                     InbLeadScope *scope,
                     gint64        now)
{
  InbMetricsJob *self = g_new0 (InbMetricsJob, 1);

  self->workspace_id = g_strdup (workspace_id);
  self->scope = scope;
  self->now = now;

  return self;
}

void
inb_metrics_job_free (gpointer job)
{
  InbMetricsJob *self = job;

  g_free (self->workspace_id);
  inb_lead_scope_free (self->scope);
  g_free (self);
}

static void
add_leads (Counts                 *counts,
           const InbWorkspaceInfo *info,
           const char             *stage,
           gint64                  leads,
           gint64                  converted)
{
  counts->leads += leads;
  counts->converted += converted;
  if (strcmp (stage, INB_STAGE_DEFAULT_KEY) == 0)
    counts->new_leads += leads;
  else if (inb_stage_set_get_category (info->stages, stage) == INB_STAGE_CATEGORY_OPEN)
    counts->pending += leads;
}

/* The names of one dimension, most leads first; those without one are no name. */
static GArray *
get_top (const PGresult *totals,
         int             field)
{
  GArray *top = g_array_new (FALSE, FALSE, sizeof (InbNamedCount));

  for (int row = 0; row < PQntuples (totals); row++)
    {
      InbNamedCount named = { PQgetvalue (totals, row, field), inb_figures_get_integer (totals, row, TOTAL_LEADS) };

      if (*named.name != '\0')
        g_array_append_val (top, named);
    }
  g_array_sort (top, inb_named_count_compare);
  if (top->len > N_TOP)
    g_array_set_size (top, N_TOP);

  return top;
}

static Counts
add_up (const PGresult         *totals,
        const InbWorkspaceInfo *info)
{
  Counts counts = { 0 };

  for (int row = 0; row < PQntuples (totals); row++)
    {
      if (!PQgetisnull (totals, row, TOTAL_STAGE))
        add_leads (&counts, info, PQgetvalue (totals, row, TOTAL_STAGE), inb_figures_get_integer (totals, row, TOTAL_LEADS),
                   inb_figures_get_integer (totals, row, TOTAL_CONVERTED));
    }

  return counts;
}

static const char *
get_first_name (GArray *top)
{
  return top->len == 0 ? NULL : g_array_index (top, InbNamedCount, 0).name;
}

static void
append_counts (GString      *json,
               const Counts *counts)
{
  inb_json_append_member_integer (json, "new", counts->new_leads);
  inb_json_append_member_integer (json, "pending", counts->pending);
  inb_json_append_member_integer (json, "converted", counts->converted);
}

static void
append_metrics (GString      *json,
                const Counts *counts,
                gint64        today,
                GArray       *products,
                GArray       *sources)
{
  g_autoptr (GString) rate = g_string_new (NULL);

  inb_figures_append_rate (rate, counts->converted, MAX (counts->leads, 1));
  g_string_append_c (rate, '%');

  inb_json_append_name (json, "metrics");
  g_string_append_c (json, '{');
  inb_json_append_member_integer (json, "totalLeads", counts->leads);
  inb_json_append_member_integer (json, "newLeads", counts->new_leads);
  inb_json_append_member_integer (json, "pending", counts->pending);
  inb_json_append_member_integer (json, "todayLeads", today);
  inb_json_append_member (json, "topProduct", get_first_name (products));
  inb_json_append_member (json, "topSource", get_first_name (sources));
  inb_json_append_member (json, "conversionRate", rate->str);
  g_string_append_c (json, '}');
  inb_json_append_name (json, "leads");
  g_string_append_c (json, '{');
  inb_json_append_member_integer (json, "total", counts->leads);
  append_counts (json, counts);
  inb_json_append_member_integer (json, "today", today);
  g_string_append_c (json, '}');
}

static void
append_seconds (GString        *json,
                const char     *name,
                const PGresult *responses,
                int             field)
{
  inb_json_append_name (json, name);
  g_string_append (json, PQgetisnull (responses, 0, field) ? "null" : PQgetvalue (responses, 0, field));
}

static void
append_response (GString      *json,
                 const Answer *answer)
{
  gboolean has_longest = PQntuples (answer->longest) > 0;

  inb_json_append_name (json, "response");
  g_string_append_c (json, '{');
  inb_json_append_member_integer (json, "answered", inb_figures_get_integer (answer->responses, 0, RESPONSE_ANSWERED));
  append_seconds (json, "median_seconds", answer->responses, RESPONSE_MEDIAN);
  append_seconds (json, "p90_seconds", answer->responses, RESPONSE_P90);
  inb_json_append_member_integer (json, "within_5_minutes", inb_figures_get_integer (answer->responses, 0, RESPONSE_WITHIN));
  inb_json_append_member_integer (json, "waiting", inb_figures_get_integer (answer->waiting, 0, 0));
  inb_result_append_time (json, "waiting_since", answer->longest, 0, LONGEST_SINCE);
  inb_json_append_member (json, "waiting_lead_id", has_longest ? PQgetvalue (answer->longest, 0, LONGEST_ID) : NULL);
  g_string_append_c (json, '}');
}

static void
append_top (GString    *json,
            const char *name,
            GArray     *top)
{
  inb_json_append_name (json, name);
  g_string_append_c (json, '[');
  for (guint i = 0; i < top->len; i++)
    {
      const InbNamedCount *named = &g_array_index (top, InbNamedCount, i);

      g_string_append (json, i == 0 ? "{" : ",{");
      inb_json_append_member (json, "name", named->name);
      inb_json_append_member_integer (json, "leads", named->leads);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

/* Day → Counts, of the days that have leads. */
static GHashTable *
add_up_days (const PGresult         *days,
             const InbWorkspaceInfo *info)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (int row = 0; row < PQntuples (days); row++)
    {
      Counts *counts = g_hash_table_lookup (table, PQgetvalue (days, row, DAY_DAY));

      if (counts == NULL)
        {
          counts = g_new0 (Counts, 1);
          g_hash_table_insert (table, g_strdup (PQgetvalue (days, row, DAY_DAY)), counts);
        }
      add_leads (counts, info, PQgetvalue (days, row, DAY_STAGE), inb_figures_get_integer (days, row, DAY_LEADS),
                 inb_figures_get_integer (days, row, DAY_CONVERTED));
    }

  return table;
}

static void
append_days (GString    *json,
             GHashTable *days,
             const char *today)
{
  static const Counts none = { 0 };

  inb_json_append_name (json, "days");
  g_string_append_c (json, '[');
  for (int i = N_DAYS - 1; i >= 0; i--)
    {
      g_autofree char *day = inb_figures_add_days (today, -i);
      const Counts *counts = g_hash_table_lookup (days, day);

      if (counts == NULL)
        counts = &none;
      g_string_append (json, i == N_DAYS - 1 ? "{" : ",{");
      inb_json_append_member (json, "date", day);
      inb_json_append_member_integer (json, "leads", counts->leads);
      append_counts (json, counts);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static GString *
write_answer (const Answer           *answer,
              const InbWorkspaceInfo *info,
              const char             *today)
{
  GString *json = g_string_new ("{");
  g_autoptr (GArray) products = get_top (answer->totals, TOTAL_PRODUCT);
  g_autoptr (GArray) sources = get_top (answer->totals, TOTAL_SOURCE);
  g_autoptr (GHashTable) days = add_up_days (answer->days, info);
  const Counts *last = g_hash_table_lookup (days, today);
  Counts counts = add_up (answer->totals, info);

  append_metrics (json, &counts, last == NULL ? 0 : last->leads, products, sources);
  append_response (json, answer);
  append_top (json, "products", products);
  append_top (json, "sources", sources);
  append_days (json, days, today);
  g_string_append_c (json, '}');

  return json;
}

static gboolean
read_answer (InbMetricsJob          *self,
             InbDb                  *db,
             const InbWorkspaceInfo *info,
             const char             *today,
             Answer                 *answer,
             GError                **error)
{
  const InbFigures figures = { self->workspace_id, info };
  g_autofree char *first = inb_figures_add_days (today, 1 - N_DAYS);
  g_autoptr (InbLeadScope) recent = inb_lead_scope_copy_within (self->scope, first, today, info->now, info->timezone);
  InbRead read;

  return inb_read_begin (&read, db, self->workspace_id, TRUE, error) &&
         inb_figures_send (&figures, &read, self->scope, "totals", error, NULL) &&
         inb_figures_send (&figures, &read, recent, "days", error, NULL) &&
         inb_figures_send (&figures, &read, self->scope, "responses", error, NULL) &&
         inb_figures_send (&figures, &read, self->scope, "waiting", error, NULL) &&
         inb_figures_send (&figures, &read, self->scope, "waiting longest", error, NULL) &&
         inb_read_finish (&read, error) &&
         (answer->totals = inb_read_receive (&read, error)) != NULL &&
         (answer->days = inb_read_receive (&read, error)) != NULL &&
         (answer->responses = inb_read_receive (&read, error)) != NULL &&
         (answer->waiting = inb_read_receive (&read, error)) != NULL &&
         (answer->longest = inb_read_receive (&read, error)) != NULL &&
         inb_read_end (&read, error);
}

/**
 * inb_metrics_job_run:
 * @job: an #InbMetricsJob
 *
 * Returns: (transfer full): a #GString with the answer's JSON
 */
gpointer
inb_metrics_job_run (InbDb     *db,
                     gpointer   job,
                     GError   **error)
{
  InbMetricsJob *self = job;
  g_autoptr (InbWorkspaceInfo) info = inb_workspace_info_read (db, self->workspace_id, self->now, error);
  g_autofree char *today = NULL;
  g_auto (Answer) answer = { NULL };

  if (info == NULL)
    return NULL;

  today = inb_time_get_day (info->now, info->timezone);
  if (!read_answer (self, db, info, today, &answer, error))
    {
      g_prefix_error (error, "Reading metrics: ");
      return NULL;
    }

  return write_answer (&answer, info, today);
}
