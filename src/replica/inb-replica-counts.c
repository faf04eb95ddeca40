#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-counts.h"

typedef struct {
  char   *stage;
  char   *source;
  char   *product;
  gint64  total;
  gint64  converted;
} Count;

struct _InbReplicaCounts {
  /* Owned */
  GHashTable *counts; /* Count, as a set */
};

static guint
count_hash (gconstpointer key)
{
  const Count *count = key;

  return g_str_hash (count->stage) * 31 * 31 + g_str_hash (count->source) * 31 + g_str_hash (count->product);
}

static gboolean
count_equal (gconstpointer a,
             gconstpointer b)
{
  const Count *one = a;
  const Count *other = b;

  return g_str_equal (one->stage, other->stage) &&
         g_str_equal (one->source, other->source) &&
         g_str_equal (one->product, other->product);
}

static void
count_free (Count *count)
{
  g_free (count->stage);
  g_free (count->source);
  g_free (count->product);
  g_free (count);
}

InbReplicaCounts *
inb_replica_counts_new (void)
{
  InbReplicaCounts *self = g_new0 (InbReplicaCounts, 1);

  self->counts = g_hash_table_new_full (count_hash, count_equal, (GDestroyNotify) count_free, NULL);

  return self;
}

void
inb_replica_counts_free (InbReplicaCounts *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->counts);
  g_free (self);
}

/**
 * inb_replica_counts_add:
 * @stage: (nullable): like @source and @product, %NULL counts as ""
 * @total: by how much the number of leads changes
 * @converted: by how much the number of converted ones does
 */
void
inb_replica_counts_add (InbReplicaCounts *self,
                        const char       *stage,
                        const char       *source,
                        const char       *product,
                        gint64            total,
                        gint64            converted)
{
  Count key = {
    .stage = (char *) (stage != NULL ? stage : ""),
    .source = (char *) (source != NULL ? source : ""),
    .product = (char *) (product != NULL ? product : ""),
  };
  Count *count = g_hash_table_lookup (self->counts, &key);

  if (count == NULL)
    {
      count = g_new0 (Count, 1);
      count->stage = g_strdup (key.stage);
      count->source = g_strdup (key.source);
      count->product = g_strdup (key.product);
      g_hash_table_add (self->counts, count);
    }
  count->total += total;
  count->converted += converted;
}

/**
 * inb_replica_counts_write:
 *
 * Adds what was gathered to the stored numbers.
 */
gboolean
inb_replica_counts_write (InbReplicaCounts  *self,
                          InbSqlite         *db,
                          GError           **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const Count *count = key;
      sqlite3_stmt *statement;

      if (count->total == 0 && count->converted == 0)
        continue;

      statement = inb_sqlite_prepare (db, "count-add", error);
      if (statement == NULL)
        return FALSE;
      inb_sqlite_bind_text (statement, 1, count->stage);
      inb_sqlite_bind_text (statement, 2, count->source);
      inb_sqlite_bind_text (statement, 3, count->product);
      sqlite3_bind_int64 (statement, 4, count->total);
      sqlite3_bind_int64 (statement, 5, count->converted);
      if (!inb_sqlite_run (db, statement, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->counts);

  return TRUE;
}
