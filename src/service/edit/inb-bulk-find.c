#define G_LOG_DOMAIN "inb-service"

#include "inb-bulk-find.h"

#include "inb-error.h"
#include "inb-lead-where.h"
#include "inb-read.h"
#include "inb-sql.h"
#include "inb-template.h"
#include "inb-time.h"

#define PAGE 5000

enum { LEAD_ID, LEAD_CREATED_AT };

InbBulkFind *
inb_bulk_find_new (const char         *workspace_id,
                   const InbLeadScope *scope)
{
  InbBulkFind *self = g_new0 (InbBulkFind, 1);

  self->workspace_id = g_strdup (workspace_id);
  self->scope = scope;

  return self;
}

void
inb_bulk_find_free (gpointer find)
{
  InbBulkFind *self = find;

  g_free (self->workspace_id);
  g_free (self);
}

/* @last: (nullable): the page before. */
static PGresult *
read_page (const InbBulkFind       *self,
           const InbWorkspaceInfo  *info,
           const PGresult          *last,
           InbDb                   *db,
           GError                 **error)
{
  g_autoptr (InbLeadWhere) where = inb_lead_where_new (self->scope, info, self->workspace_id, 0);
  g_autofree char *limit = inb_lead_where_add_param (where, g_strdup_printf ("%d", PAGE));
  g_autofree char *sql = NULL;

  if (last != NULL)
    {
      int row = PQntuples (last) - 1;
      g_autofree char *time = inb_time_from_postgres (PQgetvalue (last, row, LEAD_CREATED_AT));

      inb_lead_where_add_older (where, time, PQgetvalue (last, row, LEAD_ID));
    }
  sql = inb_template_expand (inb_sql_get ("edit/find-leads"), "predicates", where->predicates->str, "limit", limit, NULL);

  return inb_read_one (db, self->workspace_id, sql, where->params->len, (const char * const *) where->params->pdata, error);
}

static gboolean
take_page (GPtrArray       *ids,
           const PGresult  *page,
           GError         **error)
{
  if (ids->len + (guint) PQntuples (page) > INB_BULK_MAX)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "The filter finds more than %d leads: make it narrower", INB_BULK_MAX);
      return FALSE;
    }
  for (int row = 0; row < PQntuples (page); row++)
    g_ptr_array_add (ids, g_strdup (PQgetvalue (page, row, LEAD_ID)));

  return TRUE;
}

/**
 * inb_bulk_find_run:
 * @find: an #InbBulkFind
 *
 * Returns: (transfer full): the ids
 */
gpointer
inb_bulk_find_run (InbDb     *db,
                   gpointer   find,
                   GError   **error)
{
  InbBulkFind *self = find;
  g_autoptr (InbWorkspaceInfo) info = inb_workspace_info_read (db, self->workspace_id, inb_time_now (), error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PGresult) last = NULL;
  int n_rows = PAGE;

  if (info == NULL)
    return NULL;

  while (n_rows == PAGE)
    {
      PGresult *page = read_page (self, info, last, db, error);

      g_clear_pointer (&last, PQclear);
      last = page;
      if (page == NULL || !take_page (ids, page, error))
        {
          g_prefix_error (error, "Finding the leads of a bulk: ");
          return NULL;
        }
      n_rows = PQntuples (page);
    }

  return g_steal_pointer (&ids);
}
