#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-read.h"

#include "inb-error.h"
#include "inb-lead-person.h"
#include "inb-replica-table.h"
#include "inb-time.h"

static gint64
get_integer (sqlite3_stmt *statement,
             int           column,
             gint64        fallback)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? fallback : sqlite3_column_int64 (statement, column);
}

static InbLeadSummary *
read_summary (sqlite3_stmt *statement)
{
  InbLeadSummary *summary = g_new0 (InbLeadSummary, 1);

  g_atomic_ref_count_init (&summary->refs);
  summary->rowid = sqlite3_column_int64 (statement, 0);
  summary->id = inb_sqlite_dup_text (statement, 1);
  summary->name = inb_sqlite_dup_text (statement, 2);
  summary->phone = inb_sqlite_dup_text (statement, 3);
  summary->email = inb_sqlite_dup_text (statement, 4);
  summary->company = inb_sqlite_dup_text (statement, 5);
  summary->source = inb_sqlite_dup_text (statement, 6);
  summary->product = inb_sqlite_dup_text (statement, 7);
  summary->stage = inb_sqlite_dup_text (statement, 8);
  summary->temperature = inb_sqlite_dup_text (statement, 9);
  summary->lead_score = get_integer (statement, 10, -1);
  summary->created_at = get_integer (statement, 11, INB_TIME_NONE);
  summary->last_activity_at = get_integer (statement, 12, INB_TIME_NONE);
  summary->is_converted = sqlite3_column_int (statement, 13) != 0;
  summary->owner = inb_sqlite_dup_text (statement, 14);
  summary->team = inb_sqlite_dup_text (statement, 15);
  summary->campaign = inb_sqlite_dup_text (statement, 16);
  summary->next_follow_up_at = get_integer (statement, 17, INB_TIME_NONE);
  summary->value = summary->is_converted ? get_integer (statement, 18, INB_TIME_NONE) : INB_TIME_NONE;
  if (summary->value == INB_TIME_NONE)
    summary->value = get_integer (statement, 19, INB_TIME_NONE);
  summary->currency = inb_sqlite_dup_text (statement, 20);
  summary->first_response_at = get_integer (statement, 21, INB_TIME_NONE);
  summary->is_test = sqlite3_column_int (statement, 22) != 0;
  if (summary->id == NULL)
    summary->id = g_strdup ("");
  if (summary->name == NULL)
    summary->name = g_strdup (""); /* its contact has not arrived */

  return summary;
}

static InbLeadSummary *
read_contact_summary (sqlite3_stmt *statement,
                      gint64        rowid)
{
  InbLeadSummary *summary = g_new0 (InbLeadSummary, 1);
  g_autofree char *firstname = inb_sqlite_dup_text (statement, 1);
  g_autofree char *lastname = inb_sqlite_dup_text (statement, 2);

  g_atomic_ref_count_init (&summary->refs);
  summary->rowid = rowid;
  summary->id = inb_sqlite_dup_text (statement, 0);
  summary->email = inb_sqlite_dup_text (statement, 3);
  summary->phone = inb_sqlite_dup_text (statement, 4);
  summary->name = inb_lead_person_make_name (firstname, lastname, summary->email, summary->phone);
  summary->company = inb_sqlite_dup_text (statement, 5);
  summary->source = inb_sqlite_dup_text (statement, 6);
  summary->lead_score = -1;
  summary->created_at = get_integer (statement, 7, INB_TIME_NONE);
  summary->last_activity_at = get_integer (statement, 8, INB_TIME_NONE);
  summary->next_follow_up_at = INB_TIME_NONE;
  summary->first_response_at = INB_TIME_NONE;
  summary->owner = inb_sqlite_dup_text (statement, 9);
  summary->value = INB_TIME_NONE;
  if (summary->id == NULL)
    summary->id = g_strdup ("");
  if (summary->name == NULL)
    summary->name = g_strdup ("");

  return summary;
}

static void
summary_unref0 (gpointer summary)
{
  if (summary != NULL)
    inb_lead_summary_unref (summary);
}

/**
 * inb_replica_read_summaries:
 * @rowids: (array length=n_rowids): of leads, or less than 0 of contacts
 *
 * Returns: (transfer full) (element-type InbLeadSummary) (nullable): one per row id, %NULL where there is no such row
 */
GPtrArray *
inb_replica_read_summaries (InbSqlite     *db,
                            const gint64  *rowids,
                            guint          n_rowids,
                            GError       **error)
{
  g_autoptr (GPtrArray) summaries = g_ptr_array_new_full (n_rowids, summary_unref0);

  for (guint i = 0; i < n_rowids; i++)
    {
      gboolean is_contact = rowids[i] < 0;
      sqlite3_stmt *statement = inb_sqlite_prepare (db, is_contact ? "contact-summary" : "lead-summary", error);
      InbLeadSummary *summary = NULL;
      gboolean is_row;

      if (statement == NULL)
        return NULL;

      sqlite3_bind_int64 (statement, 1, is_contact ? -rowids[i] : rowids[i]);
      if (!inb_sqlite_next (db, statement, &is_row, error))
        return NULL;
      if (is_row)
        summary = is_contact ? read_contact_summary (statement, rowids[i]) : read_summary (statement);
      sqlite3_reset (statement);
      g_ptr_array_add (summaries, summary);
    }

  return g_steal_pointer (&summaries);
}

/* Every row of a select with at most the one parameter @key. */
static GPtrArray *
read_rows (InbSqlite   *db,
           InbKind      kind,
           const char  *tail,
           const char  *key,
           GError     **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  sqlite3_stmt *statement = inb_replica_table_prepare_select (db, kind, tail, error);
  gboolean is_row;

  if (statement == NULL)
    return NULL;

  if (key != NULL)
    inb_sqlite_bind_text (statement, 1, key);
  while (inb_sqlite_next (db, statement, &is_row, error))
    {
      if (!is_row)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, inb_replica_table_read (statement, kind));
    }

  return NULL;
}

static gboolean
count_leads (InbSqlite      *db,
             InbLeadDetail  *detail,
             GError        **error)
{
  sqlite3_stmt *statement;
  gint64 n_leads;

  if (detail->contact == NULL)
    return TRUE;

  statement = inb_sqlite_prepare (db, "contact-leads", error);
  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, inb_row_get_key (detail->contact));
  if (!inb_sqlite_read_integer (db, statement, &n_leads, error))
    return FALSE;

  detail->n_leads = (guint) n_leads;

  return TRUE;
}

/**
 * inb_replica_read_detail:
 *
 * Returns: (transfer full) (nullable): the lead, or %NULL with %INB_ERROR_NOT_FOUND
 */
InbLeadDetail *
inb_replica_read_detail (InbSqlite   *db,
                         const char  *lead_id,
                         GError     **error)
{
  g_autoptr (InbLeadDetail) detail = g_new0 (InbLeadDetail, 1);
  g_autoptr (GPtrArray) leads = NULL;
  g_autoptr (GPtrArray) contacts = NULL;
  const char *contact_id;

  leads = read_rows (db, INB_KIND_LEAD, " WHERE id = ?1", lead_id, error);
  if (leads == NULL)
    return NULL;
  if (leads->len == 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no lead %s here", lead_id);
      return NULL;
    }
  detail->lead = g_ptr_array_steal_index (leads, 0);

  contact_id = inb_row_get (detail->lead, INB_LEAD_CONTACT_ID);
  if (contact_id != NULL)
    {
      contacts = read_rows (db, INB_KIND_CONTACT, " WHERE id = ?1", contact_id, error);
      if (contacts == NULL)
        return NULL;
      if (contacts->len > 0)
        detail->contact = g_ptr_array_steal_index (contacts, 0);
    }

  detail->activities = read_rows (db, INB_KIND_ACTIVITY,
                                  " WHERE (lead_id = ?1 OR (lead_id IS NULL AND"
                                  " contact_id = (SELECT contact_id FROM leads WHERE id = ?1))) AND deleted_at IS NULL"
                                  " ORDER BY coalesce (occurred_at, created_at) DESC, id DESC",
                                  lead_id, error);
  if (detail->activities == NULL || !count_leads (db, detail, error))
    return NULL;

  return g_steal_pointer (&detail);
}

/**
 * inb_replica_read_contact:
 *
 * Returns: (transfer full) (nullable): a contact by itself, or %NULL with %INB_ERROR_NOT_FOUND
 */
InbLeadDetail *
inb_replica_read_contact (InbSqlite   *db,
                          const char  *contact_id,
                          GError     **error)
{
  g_autoptr (InbLeadDetail) detail = g_new0 (InbLeadDetail, 1);
  g_autoptr (GPtrArray) contacts = read_rows (db, INB_KIND_CONTACT, " WHERE id = ?1", contact_id, error);
  g_autoptr (GPtrArray) leads = NULL;

  if (contacts == NULL)
    return NULL;
  if (contacts->len == 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no contact %s here", contact_id);
      return NULL;
    }
  detail->contact = g_ptr_array_steal_index (contacts, 0);

  leads = read_rows (db, INB_KIND_LEAD, " WHERE contact_id = ?1 AND shown = 1 ORDER BY created_at DESC LIMIT 1", contact_id, error);
  if (leads == NULL)
    return NULL;
  if (leads->len > 0)
    detail->lead = g_ptr_array_steal_index (leads, 0);

  detail->activities = read_rows (db, INB_KIND_ACTIVITY,
                                  " WHERE contact_id = ?1 AND lead_id IS NULL AND deleted_at IS NULL"
                                  " ORDER BY coalesce (occurred_at, created_at) DESC, id DESC",
                                  contact_id, error);
  if (detail->activities == NULL || !count_leads (db, detail, error))
    return NULL;

  return g_steal_pointer (&detail);
}

static gboolean
read_timezone (InbSqlite   *db,
               GTimeZone  **timezone,
               GError     **error)
{
  g_autoptr (GPtrArray) workspaces = read_rows (db, INB_KIND_WORKSPACE, " LIMIT 1", NULL, error);

  if (workspaces == NULL)
    return FALSE;

  *timezone = inb_time_zone_new (workspaces->len > 0 ? inb_row_get (g_ptr_array_index (workspaces, 0), INB_WORKSPACE_TIMEZONE) : NULL);

  return TRUE;
}

static gboolean
read_top (InbSqlite   *db,
          const char  *name,
          char       **text,
          gint64      *count,
          GError     **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, name, error);
  gboolean is_row;

  if (statement == NULL || !inb_sqlite_next (db, statement, &is_row, error))
    return FALSE;

  if (is_row)
    {
      *text = inb_sqlite_dup_text (statement, 0);
      *count = sqlite3_column_int64 (statement, 1);
    }
  sqlite3_reset (statement);

  return TRUE;
}

static gboolean
read_totals (InbSqlite   *db,
             InbMetrics  *metrics,
             gint64       today,
             GError     **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "metrics", error);
  gboolean is_row;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, today);
  if (!inb_sqlite_next (db, statement, &is_row, error))
    return FALSE;

  if (is_row)
    {
      metrics->total = sqlite3_column_int64 (statement, 0);
      metrics->new_leads = sqlite3_column_int64 (statement, 1);
      metrics->pending = sqlite3_column_int64 (statement, 2);
      metrics->converted = sqlite3_column_int64 (statement, 3);
      metrics->today = sqlite3_column_int64 (statement, 4);
    }
  sqlite3_reset (statement);

  return TRUE;
}

/**
 * inb_replica_read_metrics:
 * @now: microseconds
 *
 * Returns: (transfer full) (nullable): the figures of design.md section 5
 */
InbMetrics *
inb_replica_read_metrics (InbSqlite  *db,
                          gint64      now,
                          GError    **error)
{
  g_autoptr (InbMetrics) metrics = g_new0 (InbMetrics, 1);
  g_autoptr (GTimeZone) timezone = NULL;

  if (!read_timezone (db, &timezone, error) ||
      !read_totals (db, metrics, inb_time_day_start (now, timezone), error) ||
      !read_top (db, "metrics-top-product", &metrics->top_product, &metrics->top_product_count, error) ||
      !read_top (db, "metrics-top-source", &metrics->top_source, &metrics->top_source_count, error))
    return NULL;

  return g_steal_pointer (&metrics);
}

/**
 * inb_replica_read_list:
 *
 * Returns: (transfer full) (element-type InbRow) (nullable): the kind's rows but the deleted ones, by position or name
 */
GPtrArray *
inb_replica_read_list (InbSqlite  *db,
                       InbKind     kind,
                       GError    **error)
{
  g_autofree char *tail = NULL;

  tail = g_strconcat (inb_kind_find_column (kind, "deleted_at") >= 0 ? " WHERE deleted_at IS NULL" : "",
                      " ORDER BY ",
                      inb_kind_find_column (kind, "position") >= 0 ? "\"position\", " : "",
                      inb_kind_find_column (kind, "name") >= 0 ? "\"name\", " : "",
                      "row_id", NULL);

  return read_rows (db, kind, tail, NULL, error);
}
