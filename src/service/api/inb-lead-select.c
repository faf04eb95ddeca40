#define G_LOG_DOMAIN "inb-service"

#include "inb-lead-select.h"

#include "inb-sql.h"
#include "inb-template.h"

#define SECTIONS "api/lead-filter"

static const char * const sort_sections[INB_N_LEAD_SORTS] = {
  [INB_LEAD_SORT_CREATED_DESC] = "-created_at",
  [INB_LEAD_SORT_CREATED] = "created_at",
  [INB_LEAD_SORT_ACTIVITY_DESC] = "-last_activity_at",
  [INB_LEAD_SORT_ACTIVITY] = "last_activity_at",
};

static const char *
section (const char  *prefix,
         InbLeadSort  sort)
{
  g_autofree char *full = g_strconcat (prefix, sort_sections[sort], NULL);

  return inb_template_section (SECTIONS, full);
}

/* Looping over the values reads each one's rows in the order of its index and stops at the limit; no index has the order of
 * the activity within a value, so there the list only filters. */
static guint
get_drivers (InbLeadSort sort)
{
  guint drivers = 1 << INB_FILTER_OWNER | 1 << INB_FILTER_TEAM;

  if (sort == INB_LEAD_SORT_CREATED_DESC || sort == INB_LEAD_SORT_CREATED)
    drivers |= 1 << INB_FILTER_PRODUCT | 1 << INB_FILTER_SOURCE | 1 << INB_FILTER_STAGE;

  return drivers;
}

static void
add_cursor (InbLeadWhere         *where,
            const InbLeadRequest *request)
{
  g_autofree char *time = NULL;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;

  if (request->after_time == NULL)
    return;

  time = inb_lead_where_add_param (where, g_strdup (request->after_time));
  id = inb_lead_where_add_param (where, g_strdup (request->after_id));
  text = inb_template_expand (section ("after ", request->sort), "1", time, "2", id, NULL);
  g_string_append_printf (where->driven, "\n    AND %s", text);
}

static char *
make_page (InbLeadWhere         *where,
           const InbLeadRequest *request)
{
  g_autofree char *limit = inb_lead_where_add_param (where, g_strdup_printf ("%" G_GINT64_FORMAT, request->limit + 1));
  g_autofree char *offset = inb_lead_where_add_param (where, g_strdup_printf ("%" G_GINT64_FORMAT, request->offset));

  return inb_template_expand (inb_sql_get (where->driver == NULL ? "api/leads" : "api/leads-each"),
                              "lead_columns", inb_sql_columns (INB_KIND_LEAD, "l"),
                              "contact_columns", inb_sql_columns (INB_KIND_CONTACT, "c"),
                              "driver", where->driver == NULL ? "" : where->driver,
                              "predicates", where->driven->str,
                              "order", section ("order ", request->sort),
                              "limit", limit,
                              "offset", offset,
                              NULL);
}

/**
 * inb_lead_select_new:
 * @info: (nullable): %NULL when inb_lead_scope_needs_calendar() says so
 *
 * Returns: (transfer full): the statements and their parameters
 */
InbLeadSelect *
inb_lead_select_new (const InbLeadRequest   *request,
                     const InbWorkspaceInfo *info,
                     const char             *workspace_id)
{
  InbLeadSelect *self = g_new0 (InbLeadSelect, 1);

  self->page = inb_lead_where_new (request->scope, info, workspace_id, get_drivers (request->sort));
  self->n_filter_params = self->page->params->len;
  add_cursor (self->page, request);
  self->page_sql = make_page (self->page, request);
  self->count_sql = inb_template_expand (inb_sql_get ("api/leads-count"), "predicates", self->page->predicates->str, NULL);
  if (inb_lead_scope_is_rolled_up (request->scope))
    {
      self->total = inb_lead_where_new_counts (request->scope, info, workspace_id);
      self->total_sql = inb_template_expand (inb_sql_get ("api/leads-rolled-up"),
                                             "table", self->total->by_day ? "lead_day_counts" : "lead_counts",
                                             "predicates", self->total->predicates->str, NULL);
    }

  return self;
}

void
inb_lead_select_free (InbLeadSelect *self)
{
  g_free (self->page_sql);
  g_free (self->count_sql);
  g_free (self->total_sql);
  inb_lead_where_free (self->page);
  g_clear_pointer (&self->total, inb_lead_where_free);
  g_free (self);
}
