#define G_LOG_DOMAIN "inb-replica"

#include "inb-quantile.h"

#define FEW_VALUES 12

static void
sort_few (gint32 *values,
          gsize   n_values)
{
  for (gsize i = 1; i < n_values; i++)
    {
      gint32 value = values[i];
      gsize at = i;

      for (; at > 0 && values[at - 1] > value; at--)
        values[at] = values[at - 1];
      values[at] = value;
    }
}

static gint32
middle_of (gint32 a,
           gint32 b,
           gint32 c)
{
  return MAX (MIN (a, b), MIN (MAX (a, b), c));
}

/* Three places that no order of the values can foresee to be bad ones. */
static gint32
choose_pivot (const gint32 *values,
              gsize         n_values,
              guint32      *state)
{
  gint32 chosen[3];

  for (guint i = 0; i < 3; i++)
    {
      *state = *state * 1664525u + 1013904223u;
      chosen[i] = values[(gsize) (((guint64) *state * n_values) >> 32)];
    }

  return middle_of (chosen[0], chosen[1], chosen[2]);
}

/**
 * inb_quantile_pick:
 * @values: (array length=n_values): put into another order; fewer than 2^32
 * @percent: 1 to 100
 *
 * Returns: the ⌈@percent · @n_values / 100⌉th smallest value, or -1 when there is none
 */
gint64
inb_quantile_pick (gint32 *values,
                   gsize   n_values,
                   guint   percent)
{
  gsize rank = (n_values * percent + 99) / 100;
  guint32 state = 1;

  g_return_val_if_fail (percent >= 1 && percent <= 100, -1);

  if (n_values == 0)
    return -1;

  while (n_values > FEW_VALUES)
    {
      gint32 pivot = choose_pivot (values, n_values, &state);
      gsize left = 0;
      gsize right = n_values - 1;

      /* Both sides stop at equal values: many of a kind are halved as well. */
      for (;;)
        {
          while (values[left] < pivot)
            left++;
          while (values[right] > pivot)
            right--;
          if (left >= right)
            break;

          gint32 swapped = values[left];

          values[left++] = values[right];
          values[right--] = swapped;
        }
      /* Before left nothing is greater than the pivot, from it on nothing is less. */
      if (left == 0)
        left = 1;
      if (rank <= left)
        {
          n_values = left;
        }
      else
        {
          values += left;
          n_values -= left;
          rank -= left;
        }
    }
  sort_few (values, n_values);

  return values[rank - 1];
}
