#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-order.h"

#include "inb-lead-ranks.h"
#include "inb-lead-sort.h"
#include "inb-replica-query.h"
#include "inb-time.h"

#include <string.h>

#define ROWS_PER_CHECK 8192

struct _InbLeadOrder {
  /* Owned */
  GArray      *created;            /* guint32 row ids, newest first; NULL = to be read */
  GArray      *fresh;              /* guint32: shown rows that came since */
  guint64     *is_placed;          /* a bit per row id: it is in one of both */
  GArray      *walked;             /* guint32 row ids by walked_sort; NULL = to be read */

  gsize        n_words;            /* of is_placed */
  InbLeadSort  walked_sort;
  gboolean     walked_descending;
};

/* What a fresh row is placed by. */
typedef struct {
  gint64  created_at;
  gint64  id_order;
  guint32 row;
} Place;

InbLeadOrder *
inb_lead_order_new (void)
{
  InbLeadOrder *self = g_new0 (InbLeadOrder, 1);

  self->fresh = g_array_new (FALSE, FALSE, sizeof (guint32));

  return self;
}

/**
 * inb_lead_order_forget:
 *
 * To be called when the facts were loaded anew.
 */
void
inb_lead_order_forget (InbLeadOrder *self)
{
  g_clear_pointer (&self->created, g_array_unref);
  g_clear_pointer (&self->walked, g_array_unref);
  g_clear_pointer (&self->is_placed, g_free);
  g_array_set_size (self->fresh, 0);
  self->n_words = 0;
}

void
inb_lead_order_free (InbLeadOrder *self)
{
  if (self == NULL)
    return;

  inb_lead_order_forget (self);
  g_array_unref (self->fresh);
  g_free (self);
}

static gboolean
place (InbLeadOrder *self,
       guint32       row)
{
  gsize word = row / 64;
  guint64 bit = G_GUINT64_CONSTANT (1) << (row % 64);

  if (word >= self->n_words)
    {
      gsize n_words = MAX (word + 1, self->n_words + self->n_words / 4);

      self->is_placed = g_renew (guint64, self->is_placed, n_words);
      memset (self->is_placed + self->n_words, 0, (n_words - self->n_words) * sizeof (guint64));
      self->n_words = n_words;
    }
  if ((self->is_placed[word] & bit) != 0)
    return FALSE;

  self->is_placed[word] |= bit;

  return TRUE;
}

/**
 * inb_lead_order_update:
 * @facts: after its own update with the same rows
 */
void
inb_lead_order_update (InbLeadOrder *self,
                       InbLeadFacts *facts,
                       const gint64 *rowids,
                       guint         n_rowids)
{
  g_clear_pointer (&self->walked, g_array_unref);
  if (self->created == NULL)
    return;
  if (facts->has_moved)
    {
      facts->has_moved = FALSE;
      inb_lead_order_forget (self);
      return;
    }

  for (guint i = 0; i < n_rowids; i++)
    {
      guint32 row = (guint32) rowids[i];

      if (rowids[i] >= 0 && rowids[i] < facts->n_rows && inb_lead_facts_has (facts->shown, row) && place (self, row))
        g_array_append_val (self->fresh, row);
    }
}

static gboolean
read_created (InbLeadOrder  *self,
              InbLeadFacts  *facts,
              InbSqlite     *db,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GArray) rows = inb_replica_query_walk (db, INB_LEAD_SORT_CREATED, TRUE, facts->n_rows, cancellable, error);

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    place (self, g_array_index (rows, guint32, i));
  self->created = g_steal_pointer (&rows);
  facts->has_moved = FALSE;

  return TRUE;
}

static gboolean
read_id_order (InbSqlite  *db,
               guint32     row,
               gint64     *id_order,
               GError    **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "lead-id-order", error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, row);

  return inb_sqlite_read_integer (db, statement, id_order, error);
}

/* Newest first, as leads_by_created is read backwards. */
static int
compare_places (const Place *a,
                const Place *b)
{
  if (a->created_at != b->created_at)
    return a->created_at > b->created_at ? -1 : 1;
  if (a->id_order != b->id_order)
    return a->id_order > b->id_order ? -1 : 1;

  return (a->row < b->row) - (a->row > b->row);
}

static GArray *
make_places (InbLeadOrder        *self,
             const InbLeadFacts  *facts,
             InbSqlite           *db,
             GError             **error)
{
  g_autoptr (GArray) places = g_array_sized_new (FALSE, FALSE, sizeof (Place), self->fresh->len);

  for (guint i = 0; i < self->fresh->len; i++)
    {
      guint32 row = g_array_index (self->fresh, guint32, i);
      Place fresh = { .created_at = facts->created_at[row], .row = row };

      if (!read_id_order (db, row, &fresh.id_order, error))
        return NULL;
      g_array_append_val (places, fresh);
    }
  g_array_sort (places, (GCompareFunc) compare_places);

  return g_steal_pointer (&places);
}

/* Merges the rows that came since; the ids of old rows are looked at only where both are of one moment. */
static gboolean
merge_fresh (InbLeadOrder        *self,
             const InbLeadFacts  *facts,
             InbSqlite           *db,
             GError             **error)
{
  g_autoptr (GArray) places = make_places (self, facts, db, error);
  guint n_old = self->created->len;
  guint32 *rows;
  guint write;
  guint n_left;

  if (places == NULL)
    return FALSE;

  g_array_set_size (self->created, n_old + places->len);
  rows = (guint32 *) (gpointer) self->created->data;
  write = self->created->len;
  n_left = places->len;
  /* From the end, so that it needs no second array. */
  while (n_left > 0)
    {
      const Place *fresh = &g_array_index (places, Place, n_left - 1);
      Place old;

      if (n_old > 0)
        {
          old.row = rows[n_old - 1];
          old.created_at = facts->created_at[old.row];
          old.id_order = 0;
          if (old.created_at == fresh->created_at && !read_id_order (db, old.row, &old.id_order, error))
            return FALSE;
        }
      if (n_old > 0 && compare_places (&old, fresh) > 0)
        {
          rows[--write] = old.row;
          n_old--;
        }
      else
        {
          rows[--write] = fresh->row;
          n_left--;
        }
    }
  g_array_set_size (self->fresh, 0);

  return TRUE;
}

/**
 * inb_lead_order_prepare:
 *
 * Brings the order of creation up to date.
 */
gboolean
inb_lead_order_prepare (InbLeadOrder  *self,
                        InbLeadFacts  *facts,
                        InbSqlite     *db,
                        GCancellable  *cancellable,
                        GError       **error)
{
  if (facts->n_rows == 0)
    return TRUE;
  if (self->created != NULL && self->fresh->len > self->created->len / 4 + 1000)
    inb_lead_order_forget (self);
  if (self->created == NULL)
    return read_created (self, facts, db, cancellable, error);
  if (self->fresh->len == 0)
    return TRUE;
  if (merge_fresh (self, facts, db, error))
    return TRUE;

  inb_lead_order_forget (self);

  return FALSE;
}

/* The wanted rows of an order. */
static GArray *
pick (GArray        *order,
      const guint64 *wanted)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), order->len);

  for (guint i = 0; i < order->len; i++)
    {
      guint32 row = g_array_index (order, guint32, i);

      if (inb_lead_facts_has (wanted, row))
        g_array_append_val (rows, row);
    }

  return rows;
}

static void
reverse (GArray *rows)
{
  for (guint i = 0, j = rows->len; i + 1 < j; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);

      j--;
      g_array_index (rows, guint32, i) = g_array_index (rows, guint32, j);
      g_array_index (rows, guint32, j) = row;
    }
}

/* Companies have no index: they are read from the rows, once. */
static GArray *
sort_by_company (InbLeadOrder        *self,
                 const InbLeadFacts  *facts,
                 InbSqlite           *db,
                 gboolean             descending,
                 GCancellable        *cancellable,
                 GError             **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "lead-companies", error);
  g_autofree guint32 *codes = NULL;
  g_autofree guint32 *ranks = NULL;
  g_autoptr (GError) local_error = NULL;
  InbFactValues companies;
  GArray *sorted = NULL;
  guint n_read = 0;

  if (statement == NULL)
    return NULL;

  inb_fact_values_init (&companies);
  codes = g_new0 (guint32, facts->n_rows);
  while (!g_cancellable_set_error_if_cancelled (++n_read % ROWS_PER_CHECK == 0 ? cancellable : NULL, &local_error) &&
         inb_sqlite_step (db, statement, &local_error))
    {
      gint64 row = sqlite3_column_int64 (statement, 0);

      if (row >= 0 && row < facts->n_rows)
        codes[row] = inb_fact_values_add (&companies, (const char *) sqlite3_column_text (statement, 1));
    }
  if (local_error != NULL)
    {
      sqlite3_reset (statement);
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  else
    {
      ranks = inb_lead_ranks_new_by_locale (companies.texts);
      sorted = inb_lead_sort_by_rank (self->created, ranks, codes, companies.texts->len, descending);
    }
  inb_fact_values_clear (&companies);

  return sorted;
}

static gboolean
walk (InbLeadOrder        *self,
      const InbLeadFacts  *facts,
      InbSqlite           *db,
      InbLeadSort          sort,
      gboolean             descending,
      GCancellable        *cancellable,
      GError             **error)
{
  if (self->walked != NULL && self->walked_sort == sort && self->walked_descending == descending)
    return TRUE;

  g_clear_pointer (&self->walked, g_array_unref);
  if (sort == INB_LEAD_SORT_COMPANY)
    self->walked = sort_by_company (self, facts, db, descending, cancellable, error);
  else
    self->walked = inb_replica_query_walk (db, sort, descending, facts->n_rows, cancellable, error);
  self->walked_sort = sort;
  self->walked_descending = descending;

  return self->walked != NULL;
}

static gboolean
is_walked (InbLeadSort sort)
{
  return sort == INB_LEAD_SORT_COMPANY || (sort != INB_LEAD_SORT_CREATED && inb_replica_query_has_index (sort));
}

/* Rows that are equal in it stay newest first. */
static GArray *
list_sorted (InbLeadOrder        *self,
             InbLeadFacts        *facts,
             InbSqlite           *db,
             const guint64       *wanted,
             InbLeadSort          sort,
             gboolean             descending,
             GError             **error)
{
  g_autoptr (GArray) rows = pick (self->created, wanted);
  InbFilterField field;

  if (sort == INB_LEAD_SORT_CREATED)
    {
      if (!descending)
        reverse (rows);
    }
  else if (sort == INB_LEAD_SORT_SCORE)
    {
      return inb_lead_sort_by_score (rows, facts->score, descending);
    }
  else if (inb_lead_sort_has_ranks (sort, &field))
    {
      g_autofree guint32 *ranks = inb_lead_ranks_new (facts, db, field, error);

      if (ranks == NULL)
        return NULL;
      return inb_lead_sort_by_rank (rows, ranks, facts->codes[field], facts->values[field].texts->len, descending);
    }
  else if (!inb_lead_sort_by_number (rows, facts, sort, descending))
    {
      g_assert_not_reached ();
    }

  return g_steal_pointer (&rows);
}

static GArray *
widen (GArray *rows)
{
  GArray *rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), rows->len);

  g_array_set_size (rowids, rows->len);
  for (guint i = 0; i < rows->len; i++)
    g_array_index (rowids, gint64, i) = g_array_index (rows, guint32, i);

  return rowids;
}

/**
 * inb_lead_order_list:
 * @wanted: a bit per row id
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the wanted rows' ids in order
 */
GArray *
inb_lead_order_list (InbLeadOrder   *self,
                     InbLeadFacts   *facts,
                     InbSqlite      *db,
                     const guint64  *wanted,
                     InbLeadSort     sort,
                     gboolean        descending,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autoptr (GArray) rows = NULL;

  if (facts->n_rows == 0)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!inb_lead_order_prepare (self, facts, db, cancellable, error))
    return NULL;

  if (is_walked (sort))
    {
      if (!walk (self, facts, db, sort, descending, cancellable, error))
        return NULL;
      rows = pick (self->walked, wanted);
    }
  else
    {
      rows = list_sorted (self, facts, db, wanted, sort, descending, error);
      if (rows == NULL)
        return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return widen (rows);
}
