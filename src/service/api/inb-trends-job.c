#define G_LOG_DOMAIN "inb-service"

#include "inb-trends-job.h"

#include "inb-error.h"
#include "inb-figures.h"
#include "inb-heat-grid.h"
#include "inb-json.h"
#include "inb-params.h"
#include "inb-time.h"
#include "inb-trend-steps.h"

#include <string.h>

#define MAX_SERIES 100
#define DEFAULT_SERIES 8
#define N_CLASSES 7

enum { SERIES_NAME, SERIES_STEP, SERIES_LEADS };
enum { WON_STEP, WON_LEADS, WON_VALUE };
enum { STAGE_KEY, STAGE_LEADS };

static const char * const step_names[] = { "day", "week", "month", NULL };
static const char * const group_names[] = { "source", "product", NULL };
static const char * const group_sections[] = { "series by source", "series by product" };
static const char * const own_params[] = { "step", "by", "from", "to", "max_series", NULL };

struct _InbTrendsJob {
  char             *workspace_id;
  InbLeadScope     *scope;
  char             *from;       /* the first day, or NULL: of the first lead */
  char             *to;         /* the last day, or NULL: today */
  InbTrendStepKind  step;
  guint             group;
  gint64            max_series;
  gint64            now;
};

/* What the trip brings. */
typedef struct {
  PGresult *series;
  PGresult *won;
  PGresult *stages;
  PGresult *classes;
  PGresult *unanswered;
} Answer;

static void
answer_clear (Answer *answer)
{
  PQclear (answer->series);
  PQclear (answer->won);
  PQclear (answer->stages);
  PQclear (answer->classes);
  PQclear (answer->unanswered);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static gboolean
read_day (GHashTable  *params,
          const char  *name,
          char       **day,
          GError     **error)
{
  const char *value = inb_params_get (params, name);

  *day = g_strdup (value);
  if (value == NULL || inb_date_is_valid (value))
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "%s: not a day (YYYY-MM-DD)", name);

  return FALSE;
}

static gboolean
check_order (const InbTrendsJob  *self,
             GError             **error)
{
  if (self->from == NULL || self->to == NULL || strcmp (self->from, self->to) <= 0)
    return TRUE;

  g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "to: a day before the range’s first");

  return FALSE;
}

/**
 * inb_trends_job_new:
 * @params: (nullable): the request's
 *
 * Returns: (transfer full): the job, or %NULL with %INB_ERROR_INVALID_ARGUMENT naming the parameter
 */
InbTrendsJob *
inb_trends_job_new (const char  *workspace_id,
                    GHashTable  *params,
                    gint64       now,
                    GError     **error)
{
  g_autoptr (InbTrendsJob) self = g_new0 (InbTrendsJob, 1);

  self->workspace_id = g_strdup (workspace_id);
  self->now = now;
  self->scope = inb_lead_scope_new (params, own_params, error);
  if (self->scope == NULL ||
      !inb_params_get_choice (params, "step", step_names, &self->step, error) ||
      !inb_params_get_choice (params, "by", group_names, &self->group, error) ||
      !inb_params_get_integer (params, "max_series", 1, MAX_SERIES, DEFAULT_SERIES, &self->max_series, error) ||
      !read_day (params, "from", &self->from, error) ||
      !read_day (params, "to", &self->to, error) ||
      !check_order (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
inb_trends_job_free (gpointer job)
{
  InbTrendsJob *self = job;

  g_free (self->workspace_id);
  g_clear_pointer (&self->scope, inb_lead_scope_free);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

/* (transfer full): the local day on which the first of the leads was created, @fallback when there is none. */
static char *
read_first_day (const InbTrendsJob  *self,
                const InbFigures    *figures,
                InbDb               *db,
                const char          *fallback,
                GError             **error)
{
  gboolean counted = inb_figures_are_counted (figures, self->scope);
  g_autoptr (PGresult) result = inb_figures_query (figures, db, self->scope, counted ? "counted first day" : "first day", error);
  g_autofree char *time = NULL;
  gint64 instant;

  if (result == NULL)
    return NULL;
  if (PQgetisnull (result, 0, 0))
    return g_strdup (fallback);
  if (counted)
    return g_strdup (PQgetvalue (result, 0, 0));

  time = inb_time_from_postgres (PQgetvalue (result, 0, 0));
  if (time == NULL || !inb_time_parse (time, &instant))
    return g_strdup (fallback);

  return inb_time_get_day (instant, figures->info->timezone);
}

static InbTrendSteps *
read_axis (const InbTrendsJob  *self,
           const InbFigures    *figures,
           InbDb               *db,
           GError             **error)
{
  g_autofree char *to = self->to == NULL ? inb_time_get_day (self->now, figures->info->timezone) : g_strdup (self->to);
  g_autofree char *from = self->from == NULL ? read_first_day (self, figures, db, to, error) : g_strdup (self->from);

  return from == NULL ? NULL : inb_trend_steps_new (self->step, from, to);
}

static gboolean
read_answer (const InbTrendsJob  *self,
             const InbFigures    *figures,
             const InbTrendSteps *axis,
             InbDb               *db,
             Answer              *answer,
             GError             **error)
{
  const InbWorkspaceInfo *info = figures->info;
  g_autoptr (InbLeadScope) created = inb_lead_scope_copy_within (self->scope, axis->from, axis->to, info->now, info->timezone);
  const char *step = step_names[self->step];
  InbDateRange range = { INB_DATE_RANGE_DAYS };
  g_autofree char *from = NULL;
  g_autofree char *end = NULL;
  gint64 first;
  gint64 last;
  InbRead read;

  g_strlcpy (range.from, axis->from, sizeof range.from);
  g_strlcpy (range.to, axis->to, sizeof range.to);
  inb_date_range_resolve (&range, info->now, info->timezone, &first, &last);
  from = inb_time_format (first);
  end = inb_time_format (last);

  return inb_read_begin (&read, db, self->workspace_id, TRUE, error) &&
         inb_figures_send (figures, &read, created, group_sections[self->group], error, "step", step, NULL) &&
         inb_figures_send (figures, &read, self->scope, "won", error, "step", step, "from", from, "to", end, NULL) &&
         inb_figures_send (figures, &read, created, "stages", error, NULL) &&
         inb_figures_send (figures, &read, created, "response classes", error, NULL) &&
         inb_figures_send (figures, &read, created, "waiting", error, NULL) &&
         inb_read_finish (&read, error) &&
         (answer->series = inb_read_receive (&read, error)) != NULL &&
         (answer->won = inb_read_receive (&read, error)) != NULL &&
         (answer->stages = inb_read_receive (&read, error)) != NULL &&
         (answer->classes = inb_read_receive (&read, error)) != NULL &&
         (answer->unanswered = inb_read_receive (&read, error)) != NULL &&
         inb_read_end (&read, error);
}

static void
append_separator (GString *json)
{
  if (json->str[json->len - 1] != '[')
    g_string_append_c (json, ',');
}

static void
append_integer (GString *json,
                gint64   value)
{
  append_separator (json);
  g_string_append_printf (json, "%" G_GINT64_FORMAT, value);
}

static void
append_steps (GString             *json,
              const InbTrendSteps *axis)
{
  inb_json_append_name (json, "steps");
  g_string_append_c (json, '[');
  for (guint i = 0; i < axis->steps->len; i++)
    {
      append_separator (json);
      inb_json_append_string (json, g_ptr_array_index (axis->steps, i));
    }
  g_string_append_c (json, ']');
}

/* Series are the rows of a grid whose columns are the steps. */
static InbHeatGrid *
build_series (const InbTrendsJob *self,
              const PGresult     *result)
{
  guint n_entries = (guint) PQntuples (result);
  g_autofree InbHeatEntry *entries = g_new0 (InbHeatEntry, n_entries);

  for (guint i = 0; i < n_entries; i++)
    {
      entries[i].row = PQgetvalue (result, (int) i, SERIES_NAME);
      entries[i].column = PQgetvalue (result, (int) i, SERIES_STEP);
      entries[i].leads = inb_figures_get_integer (result, (int) i, SERIES_LEADS);
    }

  return inb_heat_grid_new (entries, n_entries, (guint) self->max_series, INB_TREND_MAX_STEPS);
}

static void
append_series (GString             *json,
               const InbTrendsJob  *self,
               const InbTrendSteps *axis,
               const PGresult      *result)
{
  g_autoptr (InbHeatGrid) grid = build_series (self, result);

  inb_json_append_name (json, "series");
  g_string_append_c (json, '[');
  for (guint row = 0; row < grid->rows.length; row++)
    {
      append_separator (json);
      g_string_append_c (json, '{');
      inb_json_append_member (json, "name", row < grid->rows.names->len ? g_ptr_array_index (grid->rows.names, row) : INB_HEAT_OTHER);
      inb_json_append_name (json, "leads");
      g_string_append_c (json, '[');
      for (guint i = 0; i < axis->steps->len; i++)
        {
          const char *step = g_ptr_array_index (axis->steps, i);
          gboolean has_leads = g_hash_table_contains (grid->columns.indices, step);

          append_integer (json, has_leads ? inb_heat_grid_get (grid, row, inb_heat_axis_find (&grid->columns, step, FALSE))->leads : 0);
        }
      g_string_append (json, "]}");
    }
  g_string_append_c (json, ']');
  inb_json_append_member_boolean (json, "has_other", grid->rows.has_other);
}

static void
append_won (GString             *json,
            const InbTrendSteps *axis,
            const PGresult      *won)
{
  g_autofree int *rows = g_new (int, axis->steps->len);

  for (guint i = 0; i < axis->steps->len; i++)
    rows[i] = -1;
  for (int row = 0; row < PQntuples (won); row++)
    {
      int step = inb_trend_steps_find (axis, PQgetvalue (won, row, WON_STEP));

      if (step >= 0)
        rows[step] = row;
    }

  inb_json_append_name (json, "won");
  g_string_append_c (json, '[');
  for (guint i = 0; i < axis->steps->len; i++)
    append_integer (json, rows[i] < 0 ? 0 : inb_figures_get_integer (won, rows[i], WON_LEADS));
  g_string_append_c (json, ']');
  inb_json_append_name (json, "won_value");
  g_string_append_c (json, '[');
  for (guint i = 0; i < axis->steps->len; i++)
    {
      const char *value = rows[i] < 0 ? "0" : PQgetvalue (won, rows[i], WON_VALUE);

      append_separator (json);
      inb_json_append_string (json, strcmp (value, "0") == 0 ? "0.00" : value);
    }
  g_string_append_c (json, ']');
}

/* The open stages by position, then the won ones: each with what stands there or further on. */
static void
append_funnel (GString                *json,
               const InbWorkspaceInfo *info,
               const PGresult         *stages)
{
  g_autoptr (GHashTable) leads = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autofree gint64 *reached = NULL;
  gint64 lost = 0;

  for (int row = 0; row < PQntuples (stages); row++)
    g_hash_table_insert (leads, PQgetvalue (stages, row, STAGE_KEY), PQgetvalue (stages, row, STAGE_LEADS));
  for (InbStageCategory category = INB_STAGE_CATEGORY_OPEN; category <= INB_STAGE_CATEGORY_LOST; category++)
    {
      for (guint i = 0; i < inb_stage_set_get_size (info->stages); i++)
        {
          const char *key = inb_row_get (inb_stage_set_get (info->stages, i), INB_STAGE_KEY);
          const char *n = g_hash_table_lookup (leads, key);

          if (inb_stage_set_get_category (info->stages, key) != category)
            continue;
          if (category == INB_STAGE_CATEGORY_LOST)
            lost += n == NULL ? 0 : g_ascii_strtoll (n, NULL, 10);
          else
            g_ptr_array_add (keys, (gpointer) key);
        }
    }

  reached = g_new0 (gint64, keys->len + 1);
  for (guint i = keys->len; i-- > 0;)
    {
      const char *n = g_hash_table_lookup (leads, g_ptr_array_index (keys, i));

      reached[i] = reached[i + 1] + (n == NULL ? 0 : g_ascii_strtoll (n, NULL, 10));
    }

  inb_json_append_name (json, "funnel");
  g_string_append_c (json, '[');
  for (guint i = 0; i < keys->len; i++)
    {
      append_separator (json);
      g_string_append_c (json, '{');
      inb_json_append_member (json, "stage", g_ptr_array_index (keys, i));
      inb_json_append_member_integer (json, "leads", reached[i]);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
  inb_json_append_member_integer (json, "lost", lost);
}

/* The result counts up to each limit; the answer has what is in each class. */
static void
append_responses (GString        *json,
                  const PGresult *classes)
{
  gint64 before = 0;

  inb_json_append_name (json, "response_limits");
  g_string_append (json, "[60,300,900,3600,14400,86400]");
  inb_json_append_name (json, "responses");
  g_string_append_c (json, '[');
  for (int i = 0; i < N_CLASSES; i++)
    {
      gint64 upto = inb_figures_get_integer (classes, 0, i);

      append_integer (json, upto - before);
      before = upto;
    }
  g_string_append_c (json, ']');
}

static GString *
write_answer (const InbTrendsJob     *self,
              const InbWorkspaceInfo *info,
              const InbTrendSteps    *axis,
              const Answer           *answer)
{
  GString *json = g_string_new ("{");

  inb_json_append_member (json, "step", step_names[self->step]);
  inb_json_append_member (json, "by", group_names[self->group]);
  append_steps (json, axis);
  append_series (json, self, axis, answer->series);
  append_won (json, axis, answer->won);
  append_funnel (json, info, answer->stages);
  append_responses (json, answer->classes);
  inb_json_append_member_integer (json, "unanswered", inb_figures_get_integer (answer->unanswered, 0, 0));
  g_string_append_c (json, '}');

  return json;
}

/**
 * inb_trends_job_run:
 * @job: an #InbTrendsJob
 *
 * Returns: (transfer full): a #GString with the answer's JSON
 */
gpointer
inb_trends_job_run (InbDb     *db,
                    gpointer   job,
                    GError   **error)
{
  InbTrendsJob *self = job;
  g_autoptr (InbWorkspaceInfo) info = inb_workspace_info_read (db, self->workspace_id, self->now, error);
  const InbFigures figures = { self->workspace_id, info };
  g_autoptr (InbTrendSteps) axis = info == NULL ? NULL : read_axis (self, &figures, db, error);
  g_auto (Answer) answer = { NULL };

  if (axis == NULL || !read_answer (self, &figures, axis, db, &answer, error))
    {
      g_prefix_error (error, "Reading trends: ");
      return NULL;
    }

  return write_answer (self, info, axis, &answer);
}
