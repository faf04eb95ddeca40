#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-sort.h"

#include "inb-time.h"

#define N_SCORE_RANKS (G_MAXINT16 + 2)

static GArray *
sort_by_rank (GArray        *rows,
              const guint32 *ranks,
              const guint32 *codes,
              const gint16  *scores,
              guint32        n_ranks,
              gboolean       descending)
{
  g_autofree guint32 *starts = g_new0 (guint32, n_ranks + 1);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (guint32), rows->len);
  guint32 start = 0;

#define RANK(row) (scores != NULL ? (guint32) (scores[row] + 1) : ranks[codes[row]])
  g_array_set_size (sorted, rows->len);
  for (guint i = 0; i < rows->len; i++)
    starts[RANK (g_array_index (rows, guint32, i))]++;
  for (guint32 i = 0; i < n_ranks; i++)
    {
      guint32 rank = i == n_ranks - 1 ? 0 : descending ? n_ranks - 1 - i : i + 1;
      guint32 count = starts[rank];

      starts[rank] = start;
      start += count;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);

      g_array_index (sorted, guint32, starts[RANK (row)]++) = row;
    }
#undef RANK

  return sorted;
}

/**
 * inb_lead_sort_by_rank:
 * @rows: (element-type guint32): row ids, in the order that those of one rank keep
 * @ranks: by code, less than @n_ranks; 0 = no value
 * @codes: by row id
 *
 * By counting: one pass to see how many rows each rank has, one to put them there. Rank 0 comes last in both directions.
 *
 * Returns: (transfer full) (element-type guint32): the row ids in order
 */
GArray *
inb_lead_sort_by_rank (GArray        *rows,
                       const guint32 *ranks,
                       const guint32 *codes,
                       guint32        n_ranks,
                       gboolean       descending)
{
  return sort_by_rank (rows, ranks, codes, NULL, n_ranks, descending);
}

/**
 * inb_lead_sort_by_score:
 *
 * As inb_lead_sort_by_rank().
 */
GArray *
inb_lead_sort_by_score (GArray       *rows,
                        const gint16 *scores,
                        gboolean      descending)
{
  return sort_by_rank (rows, NULL, NULL, scores, N_SCORE_RANKS, descending);
}

typedef struct {
  const gint64 *numbers;   /* either */
  const gint32 *seconds;
  gint64        none;
  gboolean      descending;
} NumberSort;

static int
compare_numbers (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const NumberSort *sort = user_data;
  guint32 one_row = *(const guint32 *) a;
  guint32 other_row = *(const guint32 *) b;
  gint64 one = sort->numbers != NULL ? sort->numbers[one_row] : sort->seconds[one_row];
  gint64 other = sort->numbers != NULL ? sort->numbers[other_row] : sort->seconds[other_row];

  if (one == other)
    return 0;
  if (one == sort->none || other == sort->none)
    return one == sort->none ? 1 : -1;

  return (one < other) == sort->descending ? 1 : -1;
}

static gboolean
find_numbers (const InbLeadFacts *facts,
              InbLeadSort         sort,
              NumberSort         *numbers)
{
  numbers->none = INB_TIME_NONE;
  if (sort == INB_LEAD_SORT_LAST_ACTIVITY)
    {
      numbers->numbers = facts->last_activity_at;
    }
  else if (sort == INB_LEAD_SORT_FOLLOW_UP)
    {
      numbers->numbers = facts->follow_up_at;
    }
  else if (sort == INB_LEAD_SORT_VALUE)
    {
      numbers->numbers = facts->value;
      numbers->none = 0;
    }
  else if (sort == INB_LEAD_SORT_RESPONSE)
    {
      numbers->seconds = facts->response;
      numbers->none = -1;
    }

  return numbers->numbers != NULL || numbers->seconds != NULL;
}

/**
 * inb_lead_sort_by_number:
 * @rows: (element-type guint32): row ids; those of one number keep their order
 * @sort: by a time, money or a duration
 *
 * Rows without a number come last in both directions.
 *
 * Returns: whether @sort is such a one; else nothing is done
 */
gboolean
inb_lead_sort_by_number (GArray             *rows,
                         const InbLeadFacts *facts,
                         InbLeadSort         sort,
                         gboolean            descending)
{
  NumberSort numbers = { .descending = descending };

  if (!find_numbers (facts, sort, &numbers))
    return FALSE;

  g_qsort_with_data (rows->data, (int) rows->len, sizeof (guint32), compare_numbers, &numbers);

  return TRUE;
}
