#define G_LOG_DOMAIN "inb-service"

#include "inb-figures.h"

#include "inb-template.h"

#include <string.h>

#define SECTIONS "api/lead-figures"

gboolean
inb_figures_are_counted (const InbFigures   *self,
                         const InbLeadScope *scope)
{
  return self->info->names_all && inb_lead_scope_is_rolled_up (scope);
}

/* A statement that counts cells does so in the roll-up if it can; every other one reads the leads. */
static gboolean
is_counted (const InbFigures   *self,
            const InbLeadScope *scope,
            const char         *template)
{
  return inb_figures_are_counted (self, scope) &&
         (strstr (template, "cells}") != NULL || strstr (template, "lead_day_counts") != NULL);
}

static char *
expand_cells (const char *template,
              gboolean    counted)
{
  const char *prefix = counted ? "counted " : "";
  g_autofree char *cells = g_strconcat (prefix, "cells", NULL);
  g_autofree char *day_cells = g_strconcat (prefix, "day cells", NULL);

  return inb_template_expand (template,
                              "cells", inb_template_section (SECTIONS, cells),
                              "day cells", inb_template_section (SECTIONS, day_cells),
                              NULL);
}

/* Adds the parameter only if the text names it: PostgreSQL cannot tell the type of one that is not used. */
static char *
expand_param (InbLeadWhere *where,
              char         *text,
              const char   *mark,
              const char   *value)
{
  g_autofree char *owned = text;
  g_autofree char *braced = g_strconcat ("{", mark, "}", NULL);
  g_autofree char *number = NULL;

  if (strstr (text, braced) == NULL)
    return g_steal_pointer (&owned);

  number = inb_lead_where_add_param (where, g_strdup (value));

  return inb_template_expand (text, mark, number, NULL);
}

/**
 * inb_figures_send:
 * @scope: the leads that count
 * @section: the statement
 * @...: pairs of mark and text, then %NULL; the workspace's zone, currency and open stages are known by themselves
 */
gboolean
inb_figures_send (const InbFigures    *self,
                  InbRead             *read,
                  const InbLeadScope  *scope,
                  const char          *section,
                  GError             **error,
                  ...)
{
  const char *template = inb_template_section (SECTIONS, section);
  gboolean counted = is_counted (self, scope, template);
  g_autoptr (InbLeadWhere) where = counted ? inb_lead_where_new_counts (scope, self->info, self->workspace_id)
                                           : inb_lead_where_new (scope, self->info, self->workspace_id, 0);
  g_autofree char *cells = expand_cells (template, counted);
  char *sql = inb_template_expand (cells,
                                   "predicates", where->predicates->str,
                                   "table", where->by_day ? "lead_day_counts" : "lead_counts",
                                   NULL);
  const char *mark;
  gboolean success;
  va_list args;

  va_start (args, error);
  while ((mark = va_arg (args, const char *)) != NULL)
    sql = expand_param (where, sql, mark, va_arg (args, const char *));
  va_end (args);
  sql = expand_param (where, sql, "zone", self->info->zone);
  sql = expand_param (where, sql, "currency", self->info->currency);
  sql = expand_param (where, sql, "open", self->info->open_stages);

  success = inb_read_send (read, sql, where->params->len, (const char * const *) where->params->pdata, error);
  g_free (sql);

  return success;
}

/**
 * inb_figures_query:
 *
 * Returns: (transfer full): the section's result, or %NULL with its error
 */
PGresult *
inb_figures_query (const InbFigures    *self,
                   InbDb               *db,
                   const InbLeadScope  *scope,
                   const char          *section,
                   GError             **error)
{
  g_autoptr (PGresult) result = NULL;
  InbRead read;

  if (!inb_read_begin (&read, db, self->workspace_id, FALSE, error) ||
      !inb_figures_send (self, &read, scope, section, error, NULL) ||
      !inb_read_finish (&read, error) ||
      (result = inb_read_receive (&read, error)) == NULL ||
      !inb_read_end (&read, error))
    return NULL;

  return g_steal_pointer (&result);
}

int
inb_named_count_compare (gconstpointer a,
                         gconstpointer b)
{
  const InbNamedCount *x = a;
  const InbNamedCount *y = b;

  return x->leads != y->leads ? (x->leads < y->leads ? 1 : -1) : strcmp (x->name, y->name);
}

gint64
inb_figures_get_integer (const PGresult *result,
                         int             row,
                         int             field)
{
  return g_ascii_strtoll (PQgetvalue (result, row, field), NULL, 10);
}

void
inb_figures_append_rate (GString *json,
                         gint64   converted,
                         gint64   leads)
{
  gint64 per_mille = (converted * 2000 + leads) / (2 * leads);

  g_string_append_printf (json, "%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, per_mille / 10, per_mille % 10);
}

char *
inb_figures_add_days (const char *day,
                      int         days)
{
  GDate date;
  char text[11];

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_ascii_strtoull (day + 8, NULL, 10), (GDateMonth) g_ascii_strtoull (day + 5, NULL, 10),
                  (GDateYear) g_ascii_strtoull (day, NULL, 10));
  if (days >= 0)
    g_date_add_days (&date, (guint) days);
  else
    g_date_subtract_days (&date, (guint) -days);
  g_snprintf (text, sizeof text, "%04u-%02u-%02u", g_date_get_year (&date), (guint) g_date_get_month (&date),
              g_date_get_day (&date));

  return g_strdup (text);
}
