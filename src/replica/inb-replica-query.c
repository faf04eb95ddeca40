#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-query.h"

#include "inb-error.h"

#include <string.h>

/* More than any workspace has; past it a row id can only come from a damaged file. */
#define MAX_ROWID (G_GINT64_CONSTANT (1) << 28)

/* The columns whose values make groups: each has a filter, an index (value, created_at, id_order) and a sort. */
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
} sorts[INB_N_LEAD_SORTS] = {
  [INB_LEAD_SORT_CREATED] = { "created_at", "leads_by_created", N_GROUPS },
  [INB_LEAD_SORT_NAME] = { "sort_key", "leads_by_name", N_GROUPS },
  [INB_LEAD_SORT_PHONE] = { "contact_phone", "leads_by_phone", N_GROUPS },
  [INB_LEAD_SORT_EMAIL] = { "contact_email", "leads_by_email", N_GROUPS },
  [INB_LEAD_SORT_SOURCE] = { NULL, NULL, GROUP_SOURCE },
  [INB_LEAD_SORT_PRODUCT] = { NULL, NULL, GROUP_PRODUCT },
  [INB_LEAD_SORT_STAGE] = { NULL, NULL, GROUP_STAGE },
  [INB_LEAD_SORT_COMPANY] = { "contact_company", NULL, N_GROUPS },
  [INB_LEAD_SORT_SCORE] = { "lead_score", NULL, N_GROUPS },
  [INB_LEAD_SORT_TEMPERATURE] = { "temperature", NULL, N_GROUPS },
  [INB_LEAD_SORT_OWNER] = { "assigned_to", NULL, N_GROUPS },
  [INB_LEAD_SORT_TEAM] = { "team_id", NULL, N_GROUPS },
  [INB_LEAD_SORT_VALUE] = { "estimated_value", NULL, N_GROUPS },
  [INB_LEAD_SORT_CAMPAIGN] = { "utm_campaign", NULL, N_GROUPS },
  [INB_LEAD_SORT_LAST_ACTIVITY] = { "last_activity_at", NULL, N_GROUPS },
  [INB_LEAD_SORT_FOLLOW_UP] = { "next_follow_up_at", NULL, N_GROUPS },
  [INB_LEAD_SORT_RESPONSE] = { "first_response_at", NULL, N_GROUPS },
};

typedef struct {
  /* Owned */
  GArray     *rowids;
  guint64    *wanted;             /* a bit per row id; NULL = all */

  /* Borrowed */
  InbSqlite  *db;
  const char *filters[N_GROUPS];  /* NULL = any */

  gint64      max_rowid;
} Walk;

static sqlite3_stmt *
prepare_template (InbSqlite   *db,
                  const char  *name,
                  const char  *column,
                  const char  *index,
                  const char  *direction,
                  GError     **error)
{
  g_autofree char *key = g_strjoin (" ", name, column, direction, NULL);
  sqlite3_stmt *statement = inb_sqlite_find (db, key);
  g_autofree char *template = NULL;
  g_autoptr (GString) sql = NULL;

  if (statement != NULL)
    return statement;

  template = inb_sqlite_get_resource (name);
  sql = g_string_new (template);
  g_string_replace (sql, "{column}", column, 0);
  g_string_replace (sql, "{index}", index, 0);
  g_string_replace (sql, "{direction}", direction, 0);

  return inb_sqlite_prepare_text (db, key, sql->str, error);
}

/* Takes the row ids that a statement yields, if they are wanted. */
static gboolean
walk (Walk          *self,
      sqlite3_stmt  *statement,
      GError       **error)
{
  g_autoptr (GError) local_error = NULL;

  while (inb_sqlite_step (self->db, statement, &local_error))
    {
      gint64 rowid = sqlite3_column_int64 (statement, 0);

      if (self->wanted != NULL &&
          (rowid < 0 || rowid > self->max_rowid || (self->wanted[rowid / 64] >> (rowid % 64) & 1) == 0))
        continue;
      g_array_append_val (self->rowids, rowid);
    }
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
walk_group (Walk        *self,
            Group        group,
            const char  *value,
            const char  *direction,
            GError     **error)
{
  sqlite3_stmt *statement = prepare_template (self->db, "query-group", groups[group].column, groups[group].index, direction, error);

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, value);

  return walk (self, statement, error);
}

/* Narrows what is wanted to the rows whose column has the filter's value. */
static gboolean
narrow (Walk    *self,
        Group    group,
        GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize n_words = (gsize) (self->max_rowid / 64 + 1);
  g_autofree guint64 *bits = g_new0 (guint64, n_words);
  sqlite3_stmt *statement = prepare_template (self->db, "query-group", groups[group].column, groups[group].index, "ASC", error);

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, self->filters[group]);
  while (inb_sqlite_step (self->db, statement, &local_error))
    {
      gint64 rowid = sqlite3_column_int64 (statement, 0);

      if (rowid >= 0 && rowid <= self->max_rowid)
        bits[rowid / 64] |= G_GUINT64_CONSTANT (1) << (rowid % 64);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (self->wanted == NULL)
    {
      self->wanted = g_steal_pointer (&bits);
      return TRUE;
    }
  for (gsize i = 0; i < n_words; i++)
    self->wanted[i] &= bits[i];

  return TRUE;
}

/* Every filter but that of @except, whose group is walked by itself. */
static gboolean
narrow_all (Walk    *self,
            Group    except,
            GError **error)
{
  for (Group group = 0; group < N_GROUPS; group++)
    {
      if (group != except && self->filters[group] != NULL && !narrow (self, group, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
walk_created (Walk        *self,
              const char  *direction,
              GError     **error)
{
  sqlite3_stmt *statement;

  for (Group group = 0; group < N_GROUPS; group++)
    {
      if (self->filters[group] != NULL)
        return narrow_all (self, group, error) && walk_group (self, group, self->filters[group], direction, error);
    }

  statement = prepare_template (self->db, "query-created", "created_at", "leads_by_created", direction, error);

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

  if (!narrow_all (self, N_GROUPS, error))
    return FALSE;
  if (sorts[sort].index == NULL)
    {
      statement = prepare_template (self->db, "query-other", sorts[sort].column, "", direction, error);
      return statement != NULL && walk (self, statement, error);
    }

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

  if (!narrow_all (self, group, error))
    return FALSE;
  if (self->filters[group] != NULL)
    return walk_group (self, group, self->filters[group], "DESC", error);

  values = load_values (self, group, error);
  if (values == NULL)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    {
      const Value *value = &g_array_index (values, Value, descending ? values->len - 1 - i : i);

      if (!walk_group (self, group, value->text, "DESC", error))
        return FALSE;
    }

  return walk_group (self, group, "", "DESC", error) && walk_group (self, group, NULL, "DESC", error);
}

static gboolean
run (Walk                *self,
     const InbLeadQuery  *query,
     GError             **error)
{
  const char *direction = query->descending ? "DESC" : "ASC";
  g_autoptr (GError) local_error = NULL;
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, "lead-max", error);

  if (statement == NULL)
    return FALSE;
  if (inb_sqlite_step (self->db, statement, &local_error))
    {
      self->max_rowid = sqlite3_column_int64 (statement, 0);
      sqlite3_reset (statement);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (self->max_rowid < 0 || self->max_rowid > MAX_ROWID)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_CORRUPT, "A row id of %" G_GINT64_FORMAT " cannot be", self->max_rowid);
      return FALSE;
    }

  if (query->sort == INB_LEAD_SORT_CREATED)
    return walk_created (self, direction, error);
  if (sorts[query->sort].column != NULL)
    return walk_column (self, query->sort, direction, error);

  return walk_groups (self, sorts[query->sort].group, query->descending, error);
}

static const char *
only_value (const InbLeadQuery *query,
            InbFilterField      field)
{
  return query->filter->values[field] != NULL ? query->filter->values[field][0] : NULL;
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
                       GError             **error)
{
  Walk self = {
    .rowids = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .db = db,
    .filters = { only_value (query, INB_FILTER_STAGE), only_value (query, INB_FILTER_SOURCE),
                 only_value (query, INB_FILTER_PRODUCT) },
  };
  gboolean done;

  g_return_val_if_fail (query->sort < INB_N_LEAD_SORTS, NULL);

  done = run (&self, query, error);
  g_free (self.wanted);
  if (!done)
    g_clear_pointer (&self.rowids, g_array_unref);

  return self.rowids;
}
