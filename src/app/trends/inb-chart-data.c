#define G_LOG_DOMAIN "inb-app"

#include "inb-chart-data.h"

#include "inb-csv.h"
#include "inb-format.h"
#include "inb-money.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * inb_chart_data_new:
 *
 * Returns: (transfer full): a chart of zeros whose words are all still to be filled in
 */
InbChartData *
inb_chart_data_new (InbChartKind kind,
                    guint        n_categories,
                    guint        n_series)
{
  InbChartData *self = g_new0 (InbChartData, 1);

  self->kind = kind;
  self->n_categories = n_categories;
  self->n_series = n_series;
  self->labels = g_new0 (char *, n_categories + 1);
  self->series = g_new0 (char *, n_series + 1);
  self->values = g_new0 (gint64, (gsize) n_categories * n_series + 1);

  return self;
}

static void
free_texts (char  **texts,
            guint   n_texts)
{
  if (texts == NULL)
    return;

  for (guint i = 0; i < n_texts; i++)
    g_free (texts[i]);
  g_free (texts);
}

void
inb_chart_data_free (InbChartData *self)
{
  if (self == NULL)
    return;

  free_texts (self->labels, self->n_categories);
  free_texts (self->names, self->n_categories);
  free_texts (self->keys, self->n_categories);
  free_texts (self->notes, self->n_categories);
  free_texts (self->series, self->n_series);
  g_free (self->values);
  g_free (self->currency);
  g_free (self->title);
  g_free (self->summary);
  g_free (self->category_title);
  g_free (self);
}

static gboolean
texts_equal (char  **a,
             char  **b,
             guint   n_texts)
{
  if (a == NULL || b == NULL)
    return a == b;

  for (guint i = 0; i < n_texts; i++)
    if (g_strcmp0 (a[i], b[i]) != 0)
      return FALSE;

  return TRUE;
}

gboolean
inb_chart_data_equal (const InbChartData *a,
                      const InbChartData *b)
{
  return a->kind == b->kind && a->unit == b->unit && a->has_other == b->has_other &&
         a->n_categories == b->n_categories && a->n_series == b->n_series &&
         memcmp (a->values, b->values, sizeof (gint64) * a->n_categories * a->n_series) == 0 &&
         g_strcmp0 (a->currency, b->currency) == 0 && g_strcmp0 (a->title, b->title) == 0 &&
         g_strcmp0 (a->summary, b->summary) == 0 && g_strcmp0 (a->category_title, b->category_title) == 0 &&
         texts_equal (a->labels, b->labels, a->n_categories) && texts_equal (a->names, b->names, a->n_categories) &&
         texts_equal (a->keys, b->keys, a->n_categories) && texts_equal (a->notes, b->notes, a->n_categories) &&
         texts_equal (a->series, b->series, a->n_series);
}

gint64
inb_chart_data_get (const InbChartData *self,
                    guint               category,
                    guint               series)
{
  g_return_val_if_fail (category < self->n_categories && series < self->n_series, 0);

  return self->values[(gsize) series * self->n_categories + category];
}

gint64
inb_chart_data_get_sum (const InbChartData *self,
                        guint               category)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->n_series; i++)
    sum += inb_chart_data_get (self, category, i);

  return sum;
}

gint64
inb_chart_data_get_series_sum (const InbChartData *self,
                               guint               series)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->n_categories; i++)
    sum += inb_chart_data_get (self, i, series);

  return sum;
}

gint64
inb_chart_data_get_largest_sum (const InbChartData *self)
{
  gint64 largest = 0;

  for (guint i = 0; i < self->n_categories; i++)
    largest = MAX (largest, inb_chart_data_get_sum (self, i));

  return largest;
}

gboolean
inb_chart_data_is_empty (const InbChartData *self)
{
  return inb_chart_data_get_largest_sum (self) == 0;
}

const char *
inb_chart_data_get_name (const InbChartData *self,
                         guint               category)
{
  g_return_val_if_fail (category < self->n_categories, NULL);

  return self->names != NULL && self->names[category] != NULL ? self->names[category] : self->labels[category];
}

char *
inb_chart_data_format (const InbChartData *self,
                       gint64              value)
{
  g_autofree char *number = NULL;

  if (self->unit == INB_CHART_MONEY)
    {
      number = inb_money_format (value);
      return inb_format_money (number, self->currency);
    }

  number = inb_format_count (value);

  return g_strdup_printf (ngettext ("%s lead", "%s leads", (gulong) value), number);
}

char *
inb_chart_data_format_tick (const InbChartData *self,
                            gint64              value)
{
  return inb_format_count (self->unit == INB_CHART_MONEY ? value / 100 : value);
}

char *
inb_chart_data_describe (const InbChartData *self,
                         guint               category,
                         guint               series)
{
  const char *name = inb_chart_data_get_name (self, category);
  const char *note = self->notes != NULL ? self->notes[category] : NULL;
  g_autofree char *value = inb_chart_data_format (self, inb_chart_data_get (self, category, series));
  g_autofree char *sum = NULL;

  if (self->n_series == 1)
    return g_strdup_printf ("%s: %s%s%s", name, value, note != NULL ? ", " : "", note != NULL ? note : "");

  sum = inb_chart_data_format (self, inb_chart_data_get_sum (self, category));

  /* Translators: a part of a chart: day, source, its leads, and the leads of all sources on that day. */
  return g_strdup_printf (_("%s, %s: %s of %s"), name, self->series[series], value, sum);
}

char *
inb_chart_data_describe_category (const InbChartData *self,
                                  guint               category,
                                  guint               series)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *sum = NULL;

  if (self->n_series == 1)
    return inb_chart_data_describe (self, category, series);

  sum = inb_chart_data_format (self, inb_chart_data_get_sum (self, category));
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s: %s", inb_chart_data_get_name (self, category), sum);
  for (guint i = self->n_series; i-- > 0;)
    {
      gint64 value = inb_chart_data_get (self, category, i);
      g_autofree char *part = inb_chart_data_format (self, value);

      if (value > 0)
        g_string_append_printf (text, "\n%s %s: %s", i == series ? "▸" : "\u2003", self->series[i], part);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_value (const InbChartData *self,
              GString            *csv,
              gint64              value)
{
  g_autofree char *number = self->unit == INB_CHART_MONEY ? inb_money_format (value)
                                                          : g_strdup_printf ("%" G_GINT64_FORMAT, value);

  inb_csv_append_number (csv, number);
}

/**
 * inb_chart_data_to_csv:
 *
 * Returns: (transfer full): the whole chart, numbers as programs read them
 */
char *
inb_chart_data_to_csv (const InbChartData *self)
{
  g_autoptr (GString) csv = g_string_new (INB_CSV_BOM);

  inb_csv_append (csv, self->category_title);
  for (guint i = 0; i < self->n_series; i++)
    inb_csv_append (csv, self->series[i]);
  if (self->n_series > 1)
    inb_csv_append (csv, _("Total"));
  inb_csv_end_line (csv);
  for (guint i = 0; i < self->n_categories; i++)
    {
      inb_csv_append (csv, self->keys != NULL ? self->keys[i] : inb_chart_data_get_name (self, i));
      for (guint j = 0; j < self->n_series; j++)
        append_value (self, csv, inb_chart_data_get (self, i, j));
      if (self->n_series > 1)
        append_value (self, csv, inb_chart_data_get_sum (self, i));
      inb_csv_end_line (csv);
    }

  return g_string_free (g_steal_pointer (&csv), FALSE);
}
