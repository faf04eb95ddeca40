#define G_LOG_DOMAIN "inb-service"

#include "inb-export-page.h"

#include "inb-csv.h"
#include "inb-json.h"
#include "inb-lead-where.h"
#include "inb-read.h"
#include "inb-sql.h"
#include "inb-template.h"
#include "inb-time.h"
#include "inb-uuid.h"

#define PAGE 2000
#define LINE_SIZE 400 /* a guess that spares copying */

InbExportState *
inb_export_state_new (const char       *workspace_id,
                      const char       *user_id,
                      const char       *user_name,
                      InbExportRequest *request)
{
  InbExportState *self = g_new0 (InbExportState, 1);

  self->workspace_id = g_strdup (workspace_id);
  self->user_id = g_strdup (user_id);
  self->user_name = g_strdup (user_name);
  self->audit_id = inb_uuid_new_v7 ();
  self->request = request;

  return self;
}

void
inb_export_state_free (gpointer state)
{
  InbExportState *self = state;

  g_free (self->workspace_id);
  g_free (self->user_id);
  g_free (self->user_name);
  g_free (self->audit_id);
  inb_export_request_free (self->request);
  g_clear_pointer (&self->info, inb_workspace_info_free);
  g_free (self->after_time);
  g_free (self->after_id);
  g_free (self);
}

static gboolean
count_leads (const InbExportState  *self,
             InbDb                 *db,
             gint64                *count,
             GError               **error)
{
  g_autoptr (InbLeadWhere) where = inb_lead_where_new (self->request->scope, self->info, self->workspace_id, 0);
  g_autofree char *sql = inb_template_expand (inb_sql_get ("api/leads-count"), "predicates", where->predicates->str, NULL);
  g_autoptr (PGresult) result = NULL;

  result = inb_read_one (db, self->workspace_id, sql, where->params->len, (const char * const *) where->params->pdata, error);
  if (result == NULL)
    return FALSE;

  *count = g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10);

  return TRUE;
}

static char *
write_details (const InbExportState *self,
               gint64                count)
{
  GString *json = g_string_new ("{");

  inb_json_append_name (json, "filter");
  g_string_append (json, self->request->filter);
  inb_json_append_member_integer (json, "count", count);
  inb_json_append_name (json, "columns");
  g_string_append_c (json, '[');
  for (guint i = 0; i < self->request->columns->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      inb_json_append_string (json, g_array_index (self->request->columns, InbExportColumn, i).name);
    }
  g_string_append (json, "]}");

  return g_string_free (json, FALSE);
}

/* Before the first lead leaves: who exports what is known even if the service ends in the middle of it. */
static gboolean
write_audit (const InbExportState  *self,
             InbDb                 *db,
             GError               **error)
{
  g_autofree char *details = NULL;
  const char *params[] = { self->workspace_id, self->audit_id, self->user_id, self->user_name, NULL };
  g_autoptr (PGresult) writing = NULL;
  g_autoptr (PGresult) written = NULL;
  gint64 count;
  InbRead transaction;

  if (!count_leads (self, db, &count, error))
    return FALSE;

  params[4] = details = write_details (self, count);

  return inb_read_begin (&transaction, db, self->workspace_id, FALSE, error) &&
         inb_read_send (&transaction, inb_sql_get ("api/writing"), 0, NULL, error) &&
         inb_read_send (&transaction, inb_sql_get ("api/audit-export"), G_N_ELEMENTS (params), params, error) &&
         inb_read_finish (&transaction, error) &&
         (writing = inb_read_receive (&transaction, error)) != NULL &&
         (written = inb_read_receive (&transaction, error)) != NULL &&
         inb_read_end (&transaction, error);
}

static PGresult *
read_leads (const InbExportState  *self,
            InbDb                 *db,
            GError               **error)
{
  g_autoptr (InbLeadWhere) where = inb_lead_where_new (self->request->scope, self->info, self->workspace_id, 0);
  g_autofree char *limit = inb_lead_where_add_param (where, g_strdup_printf ("%d", PAGE));
  g_autofree char *sql = NULL;

  if (self->after_time != NULL)
    inb_lead_where_add_older (where, self->after_time, self->after_id);
  sql = inb_template_expand (inb_sql_get ("api/leads-export"), "columns", self->request->select,
                             "predicates", where->predicates->str, "limit", limit, NULL);

  return inb_read_one (db, self->workspace_id, sql, where->params->len, (const char * const *) where->params->pdata, error);
}

static void
append_header (GString      *csv,
               const GArray *columns)
{
  g_string_append (csv, INB_CSV_BOM);
  for (guint i = 0; i < columns->len; i++)
    inb_csv_append (csv, g_array_index (columns, InbExportColumn, i).name);
  inb_csv_end_line (csv);
}

static void
append_value (GString    *csv,
              InbType     type,
              const char *value)
{
  g_autofree char *time = NULL;

  switch (type)
    {
    case INB_TYPE_INTEGER:
    case INB_TYPE_MONEY:
      inb_csv_append_number (csv, value);
      break;
    case INB_TYPE_BOOLEAN:
      inb_csv_append (csv, *value == 't' ? "true" : "false");
      break;
    case INB_TYPE_TIME:
      time = inb_time_from_postgres (value);
      inb_csv_append (csv, time);
      break;
    case INB_TYPE_TEXT:
    case INB_TYPE_UUID:
    case INB_TYPE_DATE:
    case INB_TYPE_JSON:
    default:
      inb_csv_append (csv, value);
      break;
    }
}

static void
append_lines (GString        *csv,
              const GArray   *columns,
              const PGresult *leads)
{
  for (int row = 0; row < PQntuples (leads); row++)
    {
      for (guint i = 0; i < columns->len; i++)
        {
          if (PQgetisnull (leads, row, (int) i))
            inb_csv_append (csv, NULL);
          else
            append_value (csv, g_array_index (columns, InbExportColumn, i).type, PQgetvalue (leads, row, (int) i));
        }
      inb_csv_end_line (csv);
    }
}

static void
go_on (InbExportState *self,
       const PGresult *leads)
{
  int last = PQntuples (leads) - 1;
  int key = (int) self->request->columns->len;

  self->is_complete = PQntuples (leads) < PAGE;
  if (last < 0)
    return;

  g_free (self->after_time);
  g_free (self->after_id);
  self->after_time = inb_time_from_postgres (PQgetvalue (leads, last, key));
  self->after_id = g_strdup (PQgetvalue (leads, last, key + 1));
}

/**
 * inb_export_read_page:
 * @state: an #InbExportState
 *
 * Run by the reader pool; moves @state on only when it succeeds, so that it can be tried again.
 *
 * Returns: (transfer full): a #GString, empty when there is no further lead
 */
gpointer
inb_export_read_page (InbDb     *db,
                      gpointer   state,
                      GError   **error)
{
  InbExportState *self = state;
  gboolean is_first = self->after_time == NULL;
  g_autoptr (PGresult) leads = NULL;
  GString *csv;

  if (self->info == NULL && (self->info = inb_workspace_info_read (db, self->workspace_id, inb_time_now (), error)) == NULL)
    return NULL;
  if ((is_first && !write_audit (self, db, error)) || (leads = read_leads (self, db, error)) == NULL)
    {
      g_prefix_error (error, "Exporting leads: ");
      return NULL;
    }

  csv = g_string_sized_new (LINE_SIZE * (gsize) (PQntuples (leads) + 1));
  if (is_first)
    append_header (csv, self->request->columns);
  append_lines (csv, self->request->columns, leads);
  go_on (self, leads);

  return csv;
}
