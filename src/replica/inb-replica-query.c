#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-query.h"

#include <string.h>

#define ROWS_PER_CHECK 8192

/* The columns whose values make groups: each has an index (value, created_at, id_order) and a sort. */
typedef enum {
  GROUP_STAGE,
  GROUP_SOURCE,
  GROUP_PRODUCT,
  N_GROUPS
} Group;

static const struct {
  const char *column;
  const char *index;
  const char *values;
} groups[N_GROUPS] = {
  [GROUP_STAGE] = { "stage", "leads_by_stage", "values-stage" },
  [GROUP_SOURCE] = { "lead_source", "leads_by_source", "values-source" },
  [GROUP_PRODUCT] = { "product_interest", "leads_by_product", "values-product" },
};

static const struct {
  const char *column; /* NULL: by group */
  const char *index;
  Group       group;
} sorts[] = {
  [INB_LEAD_SORT_CREATED] = { "created_at", "leads_by_created", N_GROUPS },
  [INB_LEAD_SORT_NAME] = { "sort_key", "leads_by_name", N_GROUPS },
  [INB_LEAD_SORT_PHONE] = { "contact_phone", "leads_by_phone", N_GROUPS },
  [INB_LEAD_SORT_EMAIL] = { "contact_email", "leads_by_email", N_GROUPS },
  [INB_LEAD_SORT_SOURCE] = { NULL, NULL, GROUP_SOURCE },
  [INB_LEAD_SORT_PRODUCT] = { NULL, NULL, GROUP_PRODUCT },
  [INB_LEAD_SORT_STAGE] = { NULL, NULL, GROUP_STAGE },
};

typedef struct {
  /* Owned */
  GArray       *rows;        /* gint64, or guint32 when there is a limit */

  /* Borrowed */
  InbSqlite    *db;
  GCancellable *cancellable;

  guint32       n_rows;      /* only row ids less than this; 0 = no limit */
} Walk;

/* In the caller's transaction: the first sync may be ending just now. */
static gboolean
find_index (InbSqlite   *db,
            const char  *index,
            gboolean    *found,
            GError     **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "index-find", error);

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, index);

  return inb_sqlite_has_row (db, statement, found, error);
}

static sqlite3_stmt *
prepare_template (InbSqlite   *db,
                  const char  *name,
                  const char  *column,
                  const char  *index,
                  const char  *direction,
                  GError     **error)
{
  g_autofree char *key = NULL;
  g_autofree char *source = NULL;
  g_autofree char *template = NULL;
  g_autoptr (GString) sql = NULL;
  sqlite3_stmt *statement;
  gboolean found;

  if (!find_index (db, index, &found, error))
    return NULL;
  source = found ? g_strconcat ("INDEXED BY ", index, NULL) : g_strdup ("NOT INDEXED");
  key = g_strjoin (" ", name, column, direction, source, NULL);
  statement = inb_sqlite_find (db, key);
  if (statement != NULL)
    return statement;

  template = inb_sqlite_get_resource (name);
  sql = g_string_new (template);
  g_string_replace (sql, "{column}", column, 0);
  g_string_replace (sql, "{source}", source, 0);
  g_string_replace (sql, "{direction}", direction, 0);

  return inb_sqlite_prepare_text (db, key, sql->str, error);
}

/* Takes the row ids that a statement yields. */
static gboolean
walk (Walk          *self,
      sqlite3_stmt  *statement,
      GError       **error)
{
  gboolean is_row;
  guint n_read = 0;

  while (inb_sqlite_next (self->db, statement, &is_row, error))
    {
      gint64 rowid;

      if (!is_row)
        return TRUE;
      rowid = sqlite3_column_int64 (statement, 0);
      if (++n_read % ROWS_PER_CHECK == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        {
          sqlite3_reset (statement);
          return FALSE;
        }
      if (self->n_rows == 0)
        {
          g_array_append_val (self->rows, rowid);
        }
      else if (rowid >= 0 && rowid < self->n_rows)
        {
          guint32 row = (guint32) rowid;

          g_array_append_val (self->rows, row);
        }
    }

  return FALSE;
}

static gboolean
walk_group (Walk        *self,
            Group        group,
            const char  *value,
            GError     **error)
{
  sqlite3_stmt *statement = prepare_template (self->db, "query-group", groups[group].column, groups[group].index, "DESC", error);

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, value);

  return walk (self, statement, error);
}

static gboolean
walk_created (Walk        *self,
              const char  *direction,
              GError     **error)
{
  sqlite3_stmt *statement = prepare_template (self->db, "query-created", "created_at", "leads_by_created", direction, error);

  return statement != NULL && walk (self, statement, error);
}

/* Rows without a value come last in both directions. */
static gboolean
walk_column (Walk         *self,
             InbLeadSort   sort,
             const char   *direction,
             GError      **error)
{
  sqlite3_stmt *statement;

  statement = prepare_template (self->db, "query-column", sorts[sort].column, sorts[sort].index, direction, error);
  if (statement == NULL || !walk (self, statement, error))
    return FALSE;

  statement = prepare_template (self->db, "query-missing", sorts[sort].column, sorts[sort].index, direction, error);

  return statement != NULL && walk (self, statement, error);
}

typedef struct {
  char *text;
  char *sort_key;
} Value;

static void
value_clear (Value *value)
{
  g_free (value->text);
  g_free (value->sort_key);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const Value *one = a;
  const Value *other = b;
  int result = strcmp (one->sort_key, other->sort_key);

  return result != 0 ? result : strcmp (one->text, other->text);
}

/* The group's values in order: stages as the pipeline has them, others as the locale sorts them. */
static GArray *
load_values (Walk    *self,
             Group    group,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (Value));
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, groups[group].values, error);

  g_array_set_clear_func (values, (GDestroyNotify) value_clear);
  if (statement == NULL)
    return NULL;

  while (inb_sqlite_step (self->db, statement, &local_error))
    {
      Value value = { .text = inb_sqlite_dup_text (statement, 0) };

      if (value.text == NULL)
        continue;
      value.sort_key = g_utf8_collate_key (value.text, -1);
      g_array_append_val (values, value);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (group != GROUP_STAGE)
    g_array_sort (values, compare_values);

  return g_steal_pointer (&values);
}

/* One value after the other, newest first within each; rows without a value last in both directions. */
static gboolean
walk_groups (Walk      *self,
             Group      group,
             gboolean   descending,
             GError   **error)
{
  g_autoptr (GArray) values = NULL;

  values = load_values (self, group, error);
  if (values == NULL)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    {
      const Value *value = &g_array_index (values, Value, descending ? values->len - 1 - i : i);

      if (!walk_group (self, group, value->text, error))
        return FALSE;
    }

  return walk_group (self, group, "", error) && walk_group (self, group, NULL, error);
}

static GArray *
run (Walk         *self,
     InbLeadSort   sort,
     gboolean      descending,
     GError      **error)
{
  const char *direction = descending ? "DESC" : "ASC";
  gboolean done;

  if (sort == INB_LEAD_SORT_CREATED)
    done = walk_created (self, direction, error);
  else if (sorts[sort].column != NULL)
    done = walk_column (self, sort, direction, error);
  else
    done = walk_groups (self, sorts[sort].group, descending, error);
  if (!done)
    g_clear_pointer (&self->rows, g_array_unref);

  return self->rows;
}

/**
 * inb_replica_query_has_index:
 *
 * Returns: whether there is an index with every row in this order, once the first sync is over
 */
gboolean
inb_replica_query_has_index (InbLeadSort sort)
{
  return sort < G_N_ELEMENTS (sorts) && sorts[sort].column != NULL;
}

/**
 * inb_replica_query_is_indexed:
 * @is_first_sync: whether only the index by time is there
 *
 * Returns: whether inb_replica_query_run() is the quicker one to answer it
 */
gboolean
inb_replica_query_is_indexed (const InbLeadQuery *query,
                              gboolean            is_first_sync)
{
  if (query->contacts || query->sort >= G_N_ELEMENTS (sorts) || !inb_lead_filter_is_empty (query->filter))
    return FALSE;

  return !is_first_sync || query->sort == INB_LEAD_SORT_CREATED;
}

/**
 * inb_replica_query_run:
 *
 * In the caller's transaction: several statements have to see the same rows.
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the row ids in order
 */
GArray *
inb_replica_query_run (InbSqlite           *db,
                       const InbLeadQuery  *query,
                       GCancellable        *cancellable,
                       GError             **error)
{
  Walk self = { g_array_new (FALSE, FALSE, sizeof (gint64)), db, cancellable, 0 };

  g_assert (inb_replica_query_is_indexed (query, FALSE));

  return run (&self, query->sort, query->descending, error);
}

/**
 * inb_replica_query_walk:
 * @sort: one that has an index
 * @n_rows: row ids from this on are left out
 *
 * Returns: (transfer full) (element-type guint32) (nullable): every shown lead's row id in order
 */
GArray *
inb_replica_query_walk (InbSqlite     *db,
                        InbLeadSort    sort,
                        gboolean       descending,
                        guint32        n_rows,
                        GCancellable  *cancellable,
                        GError       **error)
{
  Walk self = { g_array_sized_new (FALSE, FALSE, sizeof (guint32), n_rows), db, cancellable, n_rows };

  g_assert (inb_replica_query_has_index (sort) && n_rows > 0);

  return run (&self, sort, descending, error);
}
