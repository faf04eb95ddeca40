#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-facts.h"

#include "inb-error.h"
#include "inb-replica-read.h"
#include "inb-time.h"

#include <stdlib.h>
#include <string.h>

/* More than any workspace has; past it a row id can only come from a damaged file. */
#define MAX_ROW (1u << 28)
#define ROWS_PER_CHECK 8192

/* The columns of facts-rows.sql; those of the filter's fields follow each other in their order. */
enum {
  COLUMN_ROW_ID,
  COLUMN_SHOWN,
  COLUMN_IS_TEST,
  COLUMN_FIELDS,
  COLUMN_CREATED_AT = COLUMN_FIELDS + INB_N_FILTER_FIELDS,
  COLUMN_LAST_ACTIVITY_AT,
  COLUMN_FOLLOW_UP_AT,
  COLUMN_CONVERTED_AT,
  COLUMN_IS_CONVERTED,
  COLUMN_CONVERSION_VALUE,
  COLUMN_ESTIMATED_VALUE,
  COLUMN_CURRENCY,
  COLUMN_FIRST_RESPONSE_AT,
  COLUMN_SCORE
};

/* In the order of facts-rows.sql. */
static const InbFilterField fields[INB_N_FILTER_FIELDS] = {
  INB_FILTER_STAGE, INB_FILTER_SOURCE, INB_FILTER_PRODUCT, INB_FILTER_OWNER, INB_FILTER_TEAM, INB_FILTER_TEMPERATURE,
  INB_FILTER_CAMPAIGN,
};

InbLeadFacts *
inb_lead_facts_new (void)
{
  InbLeadFacts *self = g_new0 (InbLeadFacts, 1);

  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    inb_fact_values_init (&self->values[i]);
  self->shown = g_new0 (guint64, 1);
  self->tests = g_new0 (guint64, 1);
  self->timezone = g_time_zone_new_utc ();
  self->stages = inb_stage_set_new_default ();
  self->local_days = inb_local_days_new (self->timezone);
  self->search = inb_lead_search_new ();

  return self;
}

static void
clear_rows (InbLeadFacts *self)
{
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->tests, g_free);
  g_clear_pointer (&self->created_at, g_free);
  g_clear_pointer (&self->last_activity_at, g_free);
  g_clear_pointer (&self->follow_up_at, g_free);
  g_clear_pointer (&self->converted_at, g_free);
  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->response, g_free);
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->week_hour, g_free);
  g_clear_pointer (&self->is_converted, g_free);
  g_clear_pointer (&self->score, g_free);
  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    {
      g_clear_pointer (&self->codes[i], g_free);
      inb_fact_values_clear (&self->values[i]);
    }
  self->n_rows = 0;
  self->n_allocated = 0;
}

void
inb_lead_facts_free (InbLeadFacts *self)
{
  if (self == NULL)
    return;

  clear_rows (self);
  inb_lead_search_free (self->search);
  inb_local_days_free (self->local_days);
  inb_stage_set_unref (self->stages);
  g_time_zone_unref (self->timezone);
  g_free (self->currency);
  g_free (self);
}

/* Room for rows up to @n_rows, those that are new without any value. */
static void
reserve (InbLeadFacts *self,
         guint32       n_rows)
{
  guint32 old = self->n_rows;

  if (n_rows <= old)
    return;

  if (n_rows > self->n_allocated)
    {
      guint32 n_allocated = self->n_allocated == 0 ? n_rows + 64 : MAX (n_rows, self->n_allocated + self->n_allocated / 4) + 64;
      gsize old_words = self->n_allocated == 0 ? 1 : (gsize) self->n_allocated / 64 + 1;
      gsize n_words = (gsize) n_allocated / 64 + 1;

      self->shown = g_renew (guint64, self->shown, n_words);
      memset (self->shown + old_words, 0, (n_words - old_words) * sizeof (guint64));
      self->tests = g_renew (guint64, self->tests, n_words);
      memset (self->tests + old_words, 0, (n_words - old_words) * sizeof (guint64));
      self->created_at = g_renew (gint64, self->created_at, n_allocated);
      self->last_activity_at = g_renew (gint64, self->last_activity_at, n_allocated);
      self->follow_up_at = g_renew (gint64, self->follow_up_at, n_allocated);
      self->converted_at = g_renew (gint64, self->converted_at, n_allocated);
      self->value = g_renew (gint64, self->value, n_allocated);
      self->response = g_renew (gint32, self->response, n_allocated);
      self->day = g_renew (gint32, self->day, n_allocated);
      self->week_hour = g_renew (guint8, self->week_hour, n_allocated);
      self->is_converted = g_renew (guint8, self->is_converted, n_allocated);
      self->score = g_renew (gint16, self->score, n_allocated);
      for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
        self->codes[i] = g_renew (guint32, self->codes[i], n_allocated);
      self->n_allocated = n_allocated;
    }

  for (guint32 row = old; row < n_rows; row++)
    {
      self->created_at[row] = INB_TIME_NONE;
      self->last_activity_at[row] = INB_TIME_NONE;
      self->follow_up_at[row] = INB_TIME_NONE;
      self->converted_at[row] = INB_TIME_NONE;
      self->value[row] = 0;
      self->response[row] = -1;
      self->day[row] = 0;
      self->week_hour[row] = 0;
      self->is_converted[row] = 0;
      self->score[row] = -1;
      for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
        self->codes[i][row] = 0;
    }
  self->n_rows = n_rows;
}

static gint64
get_time (sqlite3_stmt *statement,
          int           column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? INB_TIME_NONE : sqlite3_column_int64 (statement, column);
}

static gint64
get_value (InbLeadFacts *self,
           sqlite3_stmt *statement,
           gboolean      is_converted)
{
  const char *currency = (const char *) sqlite3_column_text (statement, COLUMN_CURRENCY);

  if (currency != NULL && *currency != '\0' && self->currency != NULL && strcmp (currency, self->currency) != 0)
    return 0;
  if (is_converted && sqlite3_column_type (statement, COLUMN_CONVERSION_VALUE) != SQLITE_NULL)
    return sqlite3_column_int64 (statement, COLUMN_CONVERSION_VALUE);

  return sqlite3_column_int64 (statement, COLUMN_ESTIMATED_VALUE);
}

static gint32
get_response (gint64 created_at,
              gint64 first_response_at)
{
  if (created_at == INB_TIME_NONE || first_response_at == INB_TIME_NONE)
    return -1;
  if (first_response_at <= created_at)
    return 0;

  return (gint32) MIN ((guint64) (first_response_at - created_at) / G_USEC_PER_SEC, G_MAXINT32);
}

static void
take_day (InbLeadFacts *self,
          guint32       row)
{
  self->day[row] = 0;
  self->week_hour[row] = 0;
  if (self->created_at[row] != INB_TIME_NONE)
    inb_local_days_get (self->local_days, self->created_at[row], &self->day[row], &self->week_hour[row]);
}

static void
set_bit (guint64  *bits,
         guint32   row,
         gboolean  value)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (row % 64);

  if (value)
    bits[row / 64] |= bit;
  else
    bits[row / 64] &= ~bit;
}

/* The row that the statement stands on. */
static void
take_row (InbLeadFacts *self,
          sqlite3_stmt *statement,
          guint32       row)
{
  gint64 created_at;

  if (sqlite3_column_int (statement, COLUMN_SHOWN) == 0)
    return;

  reserve (self, row + 1);
  set_bit (self->shown, row, TRUE);
  set_bit (self->tests, row, sqlite3_column_int (statement, COLUMN_IS_TEST) != 0);
  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    self->codes[fields[i]][row] = inb_fact_values_add (&self->values[fields[i]],
                                                       (const char *) sqlite3_column_text (statement, COLUMN_FIELDS + (int) i));
  created_at = get_time (statement, COLUMN_CREATED_AT);
  if (self->created_at[row] != created_at && self->created_at[row] != INB_TIME_NONE)
    self->has_moved = TRUE;
  self->created_at[row] = created_at;
  self->last_activity_at[row] = get_time (statement, COLUMN_LAST_ACTIVITY_AT);
  self->follow_up_at[row] = get_time (statement, COLUMN_FOLLOW_UP_AT);
  self->converted_at[row] = get_time (statement, COLUMN_CONVERTED_AT);
  self->is_converted[row] = sqlite3_column_int (statement, COLUMN_IS_CONVERTED) != 0;
  self->value[row] = get_value (self, statement, self->is_converted[row]);
  self->response[row] = get_response (self->created_at[row], get_time (statement, COLUMN_FIRST_RESPONSE_AT));
  self->score[row] = -1;
  if (sqlite3_column_type (statement, COLUMN_SCORE) != SQLITE_NULL)
    self->score[row] = (gint16) CLAMP (sqlite3_column_int64 (statement, COLUMN_SCORE), 0, G_MAXINT16);
  take_day (self, row);
}

/* Rows of damaged files whose number cannot be are passed over. */
static gboolean
read_range (InbLeadFacts  *self,
            InbSqlite     *db,
            gint64         first,
            gint64         last,
            GError       **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "facts-rows", error);
  gboolean is_row;
  guint n_read = 0;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, MAX (first, 0));
  sqlite3_bind_int64 (statement, 2, MIN (last, MAX_ROW - 1));
  while (inb_sqlite_next (db, statement, &is_row, error))
    {
      if (!is_row)
        return TRUE;
      take_row (self, statement, (guint32) sqlite3_column_int64 (statement, COLUMN_ROW_ID));
      if (++n_read % ROWS_PER_CHECK == 0 && g_cancellable_set_error_if_cancelled (self->stop, error))
        {
          sqlite3_reset (statement);
          return FALSE;
        }
    }

  return FALSE;
}

static gboolean
read_settings (InbLeadFacts  *self,
               InbSqlite     *db,
               GError       **error)
{
  g_autoptr (GPtrArray) workspaces = inb_replica_read_list (db, INB_KIND_WORKSPACE, error);
  g_autoptr (GPtrArray) stages = NULL;
  const InbRow *workspace;

  if (workspaces == NULL)
    return FALSE;
  stages = inb_replica_read_list (db, INB_KIND_STAGE, error);
  if (stages == NULL)
    return FALSE;

  workspace = workspaces->len > 0 ? g_ptr_array_index (workspaces, 0) : NULL;
  g_time_zone_unref (self->timezone);
  self->timezone = inb_time_zone_new (workspace != NULL ? inb_row_get (workspace, INB_WORKSPACE_TIMEZONE) : NULL);
  inb_local_days_free (self->local_days);
  self->local_days = inb_local_days_new (self->timezone);
  g_free (self->currency);
  self->currency = workspace != NULL ? g_strdup (inb_row_get (workspace, INB_WORKSPACE_CURRENCY)) : NULL;
  inb_stage_set_unref (self->stages);
  self->stages = stages->len > 0 ? inb_stage_set_new (stages) : inb_stage_set_new_default ();

  return TRUE;
}

/* 0 when there are no rows. */
static gboolean
read_last_row (InbSqlite  *db,
               gint64     *last,
               GError    **error)
{
  if (!inb_sqlite_read_integer (db, inb_sqlite_prepare (db, "lead-max", error), last, error))
    return FALSE;
  if (*last >= 0 && *last < MAX_ROW)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_CORRUPT, "A row id of %" G_GINT64_FORMAT " cannot be", *last);

  return FALSE;
}

/**
 * inb_lead_facts_load:
 *
 * Forgets everything and reads it anew, in the caller's transaction.
 *
 * Returns: %FALSE with an error of SQLite, or %G_IO_ERROR_CANCELLED when it was stopped; then only another load is allowed
 */
gboolean
inb_lead_facts_load (InbLeadFacts  *self,
                     InbSqlite     *db,
                     GError       **error)
{
  gint64 last;

  clear_rows (self);
  inb_lead_search_forget (self->search);
  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    inb_fact_values_init (&self->values[i]);
  self->shown = g_new0 (guint64, 1);
  self->tests = g_new0 (guint64, 1);
  if (!read_settings (self, db, error) || !read_last_row (db, &last, error))
    return FALSE;

  reserve (self, (guint32) last + 1);

  return read_range (self, db, 0, last, error);
}

/**
 * inb_lead_facts_take_settings:
 *
 * Takes the workspace's zone, currency and stages as they are now.
 */
gboolean
inb_lead_facts_take_settings (InbLeadFacts  *self,
                              InbSqlite     *db,
                              GError       **error)
{
  g_autofree char *old_currency = g_strdup (self->currency);
  g_autofree char *old_zone = g_strdup (g_time_zone_get_identifier (self->timezone));

  if (!read_settings (self, db, error))
    return FALSE;
  if (g_strcmp0 (old_currency, self->currency) != 0)
    return inb_lead_facts_load (self, db, error);

  if (g_strcmp0 (old_zone, g_time_zone_get_identifier (self->timezone)) != 0)
    {
      for (guint32 row = 0; row < self->n_rows; row++)
        take_day (self, row);
    }

  return TRUE;
}

static int
compare_rowids (gconstpointer a,
                gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

static void
hide_range (InbLeadFacts *self,
            gint64        first,
            gint64        last)
{
  for (gint64 row = MAX (first, 0); row <= last && row < self->n_rows; row++)
    set_bit (self->shown, (guint32) row, FALSE);
}

/**
 * inb_lead_facts_update:
 * @rowids: (array length=n_rowids): the rows that may have changed, in any order
 *
 * Reads these rows again; neighbours in one go, as a page of the first sync brings them.
 */
gboolean
inb_lead_facts_update (InbLeadFacts  *self,
                       InbSqlite     *db,
                       const gint64  *rowids,
                       guint          n_rowids,
                       GError       **error)
{
  g_autofree gint64 *sorted = g_memdup2 (rowids, n_rowids * sizeof (gint64));
  guint end;

  if (n_rowids > 0)
    qsort (sorted, n_rowids, sizeof (gint64), compare_rowids);
  for (guint start = 0; start < n_rowids; start = end)
    {
      for (end = start + 1; end < n_rowids && sorted[end] <= sorted[end - 1] + 1; end++)
        ;
      hide_range (self, sorted[start], sorted[end - 1]);
      if (!read_range (self, db, sorted[start], sorted[end - 1], error))
        return FALSE;
    }

  return inb_lead_search_update (self->search, db, self->n_rows, rowids, n_rowids, error);
}
