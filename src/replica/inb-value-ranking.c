#define G_LOG_DOMAIN "inb-replica"

#include "inb-value-ranking.h"

#include "inb-row-iter.h"

#include <string.h>

typedef struct {
  gint64      leads;
  const char *name;
  guint32     code;
} Entry;

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *first = a;
  const Entry *second = b;

  if (first->leads != second->leads)
    return first->leads > second->leads ? -1 : 1;

  return strcmp (first->name, second->name);
}

/**
 * inb_value_ranking_count:
 * @wanted: a bit per row
 *
 * Returns: (transfer full): how many of the rows have each code of @field
 */
gint64 *
inb_value_ranking_count (const InbLeadFacts *facts,
                         const guint64      *wanted,
                         InbFilterField      field)
{
  gint64 *counts = g_new0 (gint64, facts->values[field].texts->len);
  const guint32 *codes = facts->codes[field];
  InbRowIter iter;
  guint32 row;

  inb_row_iter_init (&iter, wanted, facts->n_rows);
  while (inb_row_iter_next (&iter, &row))
    counts[codes[row]]++;

  return counts;
}

static void
rank (InbValueRanking *self,
      GArray          *entries,
      guint            n_codes,
      guint            limit)
{
  self->n_ranked = MIN (entries->len, limit);
  self->has_other = entries->len > limit;
  self->n_places = self->n_ranked + (self->has_other ? 1 : 0);
  self->codes = g_new (guint32, self->n_ranked);
  self->counts = g_new (gint64, self->n_ranked);
  self->places = g_new (guint32, n_codes);
  for (guint i = 0; i < n_codes; i++)
    self->places[i] = INB_VALUE_RANKING_NONE;

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      self->places[entry->code] = MIN (i, self->n_ranked);
      if (i < self->n_ranked)
        {
          self->codes[i] = entry->code;
          self->counts[i] = entry->leads;
        }
    }
}

/**
 * inb_value_ranking_new:
 * @counts: leads by code
 * @limit: how many values have a place of their own
 *
 * Returns: (transfer full): the order of the values that any lead has
 */
InbValueRanking *
inb_value_ranking_new (const InbFactValues *values,
                       const gint64        *counts,
                       guint                limit)
{
  InbValueRanking *self = g_new0 (InbValueRanking, 1);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  for (guint code = 0; code < values->texts->len; code++)
    {
      Entry entry = { counts[code], g_ptr_array_index (values->texts, code), code };

      if (entry.leads > 0)
        g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_entries);
  self->texts = g_ptr_array_ref (values->texts);
  rank (self, entries, values->texts->len, limit);

  return self;
}

void
inb_value_ranking_free (InbValueRanking *self)
{
  if (self == NULL)
    return;

  g_free (self->codes);
  g_free (self->places);
  g_free (self->counts);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

const char *
inb_value_ranking_get_name (const InbValueRanking *self,
                            guint                  place)
{
  g_return_val_if_fail (place < self->n_places, NULL);

  return place < self->n_ranked ? g_ptr_array_index (self->texts, self->codes[place]) : "";
}

/**
 * inb_value_ranking_dup_names:
 *
 * Returns: (transfer full) (array zero-terminated=1): by place
 */
char **
inb_value_ranking_dup_names (const InbValueRanking *self)
{
  char **names = g_new0 (char *, self->n_places + 1);

  for (guint place = 0; place < self->n_places; place++)
    names[place] = g_strdup (inb_value_ranking_get_name (self, place));

  return names;
}
