#define G_LOG_DOMAIN "inb-service"

#include "inb-lead-counts.h"

#include "inb-row-writer.h"
#include "inb-sql.h"
#include "inb-time.h"

typedef enum { DIMENSION_SOURCE, DIMENSION_PRODUCT, N_DIMENSIONS } Dimension;

static const char * const dimension_names[N_DIMENSIONS] = { "source", "product" };

typedef struct {
  GHashTable *names[N_DIMENSIONS]; /* sets */
} WorkspaceNames;

struct _InbLeadCountNames {
  GHashTable *workspaces; /* workspace id → WorkspaceNames */
};

/* What one source × product × stage of one day gains; borrowed strings live in the counts' chunk. */
typedef struct {
  const char *day;
  const char *source;
  const char *product;
  const char *stage;
  gint64      leads;
  gint64      converted;
} Cell;

struct _InbLeadCounts {
  /* Owned */
  char         *workspace_id;
  GTimeZone    *timezone;
  GStringChunk *strings;
  GArray       *cells;       /* Cell */
  GArray       *totals;      /* Cell without day; filled when sent */
  GPtrArray    *new_names;   /* workspace id, dimension, name, … */
};

static void
workspace_names_free (WorkspaceNames *self)
{
  for (guint i = 0; i < N_DIMENSIONS; i++)
    g_hash_table_unref (self->names[i]);
  g_free (self);
}

InbLeadCountNames *
inb_lead_count_names_new (void)
{
  InbLeadCountNames *self = g_new0 (InbLeadCountNames, 1);

  self->workspaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) workspace_names_free);

  return self;
}

void
inb_lead_count_names_free (InbLeadCountNames *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->workspaces);
  g_free (self);
}

void
inb_lead_count_names_forget (InbLeadCountNames *self,
                             const char        *workspace_id)
{
  g_hash_table_remove (self->workspaces, workspace_id);
}

InbLeadCounts *
inb_lead_counts_new (const char *workspace_id,
                     GTimeZone  *timezone)
{
  InbLeadCounts *self = g_new0 (InbLeadCounts, 1);

  self->workspace_id = g_strdup (workspace_id);
  self->timezone = g_time_zone_ref (timezone);
  self->strings = g_string_chunk_new (1024);
  self->cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  self->totals = g_array_new (FALSE, TRUE, sizeof (Cell));
  self->new_names = g_ptr_array_new ();

  return self;
}

void
inb_lead_counts_free (InbLeadCounts *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->new_names);
  g_array_unref (self->totals);
  g_array_unref (self->cells);
  g_string_chunk_free (self->strings);
  g_time_zone_unref (self->timezone);
  g_free (self->workspace_id);
  g_free (self);
}

static gboolean
counts (const InbRow *lead)
{
  return lead != NULL && inb_row_get (lead, INB_LEAD_DELETED_AT) == NULL && !inb_row_get_boolean (lead, INB_LEAD_IS_TEST);
}

static const char *
keep (InbLeadCounts *self,
      const char    *text)
{
  return g_string_chunk_insert_const (self->strings, text == NULL ? "" : text);
}

/* The strings are interned in the chunk, so equal ones are one pointer. Few cells a batch: a scan beats a hash. */
static void
add_cell (GArray     *cells,
          const Cell *cell)
{
  for (guint i = 0; i < cells->len; i++)
    {
      Cell *other = &g_array_index (cells, Cell, i);

      if (other->day == cell->day && other->source == cell->source && other->product == cell->product
          && other->stage == cell->stage)
        {
          other->leads += cell->leads;
          other->converted += cell->converted;
          return;
        }
    }

  g_array_append_vals (cells, cell, 1);
}

static void
add_lead (InbLeadCounts *self,
          const InbRow  *lead,
          gint64         sign)
{
  g_autofree char *day = inb_time_get_day (inb_row_get_time (lead, INB_LEAD_CREATED_AT), self->timezone);
  Cell cell = {
    .day = keep (self, day),
    .source = keep (self, inb_row_get (lead, INB_LEAD_LEAD_SOURCE)),
    .product = keep (self, inb_row_get (lead, INB_LEAD_PRODUCT_INTEREST)),
    .stage = keep (self, inb_row_get (lead, INB_LEAD_STAGE)),
    .leads = sign,
    .converted = inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED) ? sign : 0,
  };

  add_cell (self->cells, &cell);
}

/**
 * inb_lead_counts_add:
 * @before: (nullable): the lead as it is stored, or %NULL for a new one
 * @after: (nullable): the lead as it will be, or %NULL when its row is removed
 *
 * Notes what the change adds and takes away. Test leads and deleted ones do not count.
 */
void
inb_lead_counts_add (InbLeadCounts *self,
                     const InbRow  *before,
                     const InbRow  *after)
{
  g_return_if_fail (self != NULL);

  if (counts (before))
    add_lead (self, before, -1);
  if (counts (after))
    add_lead (self, after, 1);
}

static gboolean
load_names (InbLeadCounts      *self,
            InbLeadCountNames  *names,
            InbDb              *db,
            WorkspaceNames    **loaded,
            GError            **error)
{
  const char *params[] = { self->workspace_id };
  g_autoptr (PGresult) result = NULL;
  WorkspaceNames *workspace;

  if (!inb_db_send (db, inb_sql_get ("write/lead-count-names-load"), 1, params, error)
      || !inb_db_sync (db, error)
      || (result = inb_db_receive (db, error)) == NULL
      || !inb_db_receive_sync (db, error))
    {
      g_prefix_error (error, "Loading the names of the lead counts: ");
      return FALSE;
    }

  workspace = g_new0 (WorkspaceNames, 1);
  for (guint i = 0; i < N_DIMENSIONS; i++)
    workspace->names[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int row = 0; row < PQntuples (result); row++)
    {
      Dimension dimension = g_str_equal (PQgetvalue (result, row, 0), "source") ? DIMENSION_SOURCE : DIMENSION_PRODUCT;

      g_hash_table_add (workspace->names[dimension], g_strdup (PQgetvalue (result, row, 1)));
    }
  g_hash_table_replace (names->workspaces, g_strdup (self->workspace_id), workspace);
  *loaded = workspace;

  return TRUE;
}

static gboolean
is_known (WorkspaceNames *workspace,
          Dimension       dimension,
          const char     *name)
{
  return workspace != NULL
         && (g_hash_table_contains (workspace->names[dimension], name)
             || g_hash_table_size (workspace->names[dimension]) >= INB_LEAD_COUNTS_MAX_NAMES);
}

static gboolean
knows_all (InbLeadCounts  *self,
           WorkspaceNames *workspace)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);

      if (!is_known (workspace, DIMENSION_SOURCE, cell->source) || !is_known (workspace, DIMENSION_PRODUCT, cell->product))
        return FALSE;
    }

  return TRUE;
}

static const char *
fold_name (InbLeadCounts  *self,
           WorkspaceNames *workspace,
           Dimension       dimension,
           const char     *name)
{
  GHashTable *known = workspace->names[dimension];

  if (g_hash_table_contains (known, name))
    return name;
  if (g_hash_table_size (known) >= INB_LEAD_COUNTS_MAX_NAMES)
    return keep (self, INB_LEAD_COUNTS_OTHER);

  g_hash_table_add (known, g_strdup (name));
  g_ptr_array_add (self->new_names, self->workspace_id);
  g_ptr_array_add (self->new_names, (char *) dimension_names[dimension]);
  g_ptr_array_add (self->new_names, (char *) name);

  return name;
}

/**
 * inb_lead_counts_resolve:
 * @names: the names in use
 * @db: in pipeline mode, inside the transaction that holds the workspace's lock
 *
 * Settles which names count on their own. The names in use only grow, and stop for good at the limit, so a cached set
 * that knows every name of this batch, or is full, is as good as the table; else it is read again.
 *
 * Returns: %FALSE when the names could not be read
 */
gboolean
inb_lead_counts_resolve (InbLeadCounts      *self,
                         InbLeadCountNames  *names,
                         InbDb              *db,
                         GError            **error)
{
  WorkspaceNames *workspace = g_hash_table_lookup (names->workspaces, self->workspace_id);
  g_autoptr (GArray) folded = NULL;

  if (self->cells->len == 0)
    return TRUE;
  if (!knows_all (self, workspace) && !load_names (self, names, db, &workspace, error))
    return FALSE;

  folded = g_array_new (FALSE, TRUE, sizeof (Cell));
  for (guint i = 0; i < self->cells->len; i++)
    {
      Cell cell = g_array_index (self->cells, Cell, i);

      cell.source = fold_name (self, workspace, DIMENSION_SOURCE, cell.source);
      cell.product = fold_name (self, workspace, DIMENSION_PRODUCT, cell.product);
      add_cell (folded, &cell);
    }
  g_array_unref (self->cells);
  self->cells = g_steal_pointer (&folded);

  return TRUE;
}

static const char *
keep_number (InbLeadCounts *self,
             gint64         number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return keep (self, text);
}

static GPtrArray *
get_params (InbLeadCounts *self,
            GArray        *cells,
            gboolean       with_day)
{
  GPtrArray *params = g_ptr_array_new ();

  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);

      if (cell->leads == 0 && cell->converted == 0)
        continue;

      g_ptr_array_add (params, self->workspace_id);
      if (with_day)
        g_ptr_array_add (params, (char *) cell->day);
      g_ptr_array_add (params, (char *) cell->source);
      g_ptr_array_add (params, (char *) cell->product);
      g_ptr_array_add (params, (char *) cell->stage);
      g_ptr_array_add (params, (char *) keep_number (self, cell->leads));
      g_ptr_array_add (params, (char *) keep_number (self, cell->converted));
    }

  return params;
}

static gboolean
send_cells (InbLeadCounts  *self,
            InbDb          *db,
            gboolean        with_day,
            guint          *n_statements,
            GError        **error)
{
  static const char * const day_casts[] = { "text", "date", "text", "text", "text", "bigint", "bigint", NULL };
  static const char * const total_casts[] = { "text", "text", "text", "text", "bigint", "bigint", NULL };
  const char * const *casts = with_day ? day_casts : total_casts;
  g_autoptr (GPtrArray) params = get_params (self, with_day ? self->cells : self->totals, with_day);

  return inb_row_writer_send_values (db, with_day ? "write/lead-day-counts-upsert" : "write/lead-counts-upsert", casts,
                                     (const char * const *) params->pdata,
                                     params->len / g_strv_length ((char **) casts), n_statements, error);
}

/**
 * inb_lead_counts_send:
 * @db: in pipeline mode
 * @n_statements: (inout): counted up by the statements sent
 *
 * Sends the upserts; after inb_lead_counts_resolve(), once.
 *
 * Returns: whether they were sent
 */
gboolean
inb_lead_counts_send (InbLeadCounts  *self,
                      InbDb          *db,
                      guint          *n_statements,
                      GError        **error)
{
  static const char * const name_casts[] = { "text", "text", "text", NULL };

  for (guint i = 0; i < self->cells->len; i++)
    {
      Cell cell = g_array_index (self->cells, Cell, i);

      cell.day = NULL;
      add_cell (self->totals, &cell);
    }

  return inb_row_writer_send_values (db, "write/lead-count-names-insert", name_casts,
                                     (const char * const *) self->new_names->pdata, self->new_names->len / 3,
                                     n_statements, error)
         && send_cells (self, db, FALSE, n_statements, error)
         && send_cells (self, db, TRUE, n_statements, error);
}
