#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-facts.h"

#include "inb-time.h"

/* Each narrows what is wanted by one thing that the filter says, 64 rows at a time. */
#define NARROW(self, wanted, condition)                                         \
  G_STMT_START {                                                                \
    gsize narrow_words = (gsize) (self)->n_rows / 64 + 1;                       \
    for (gsize narrow_word = 0; narrow_word < narrow_words; narrow_word++)      \
      {                                                                         \
        guint64 narrow_left = (wanted)[narrow_word];                            \
        guint64 narrow_bits = 0;                                                \
        while (narrow_left != 0)                                                \
          {                                                                     \
            guint narrow_bit = (guint) __builtin_ctzll (narrow_left);           \
            guint32 row = (guint32) (narrow_word * 64 + narrow_bit);            \
            narrow_bits |= (guint64) ((condition) != 0) << narrow_bit;          \
            narrow_left &= narrow_left - 1;                                     \
          }                                                                     \
        (wanted)[narrow_word] = narrow_bits;                                    \
      }                                                                         \
  } G_STMT_END

static void
narrow_by_values (InbLeadFacts        *self,
                  const InbLeadFilter *filter,
                  InbFilterField       field,
                  guint64             *wanted)
{
  InbFactValues *values = &self->values[field];
  const guint32 *codes = self->codes[field];
  g_autofree guint8 *is_meant = g_new0 (guint8, values->texts->len);

  for (guint i = 0; filter->values[field][i] != NULL; i++)
    {
      const char *text = filter->values[field][i];
      guint32 code = *text == '\0' ? 0 : inb_fact_values_find (values, text);

      if (*text == '\0' || code != 0)
        is_meant[code] = TRUE;
    }
  NARROW (self, wanted, is_meant[codes[row]]);
}

static void
narrow_by_range (InbLeadFacts       *self,
                 const InbDateRange *range,
                 gint64              now,
                 const gint64       *times,
                 guint64            *wanted)
{
  gint64 from, to;

  if (range->kind == INB_DATE_RANGE_ANY)
    return;

  inb_date_range_resolve (range, now, self->timezone, &from, &to);
  NARROW (self, wanted, times[row] >= from && times[row] < to && times[row] != INB_TIME_NONE);
}

/* By code of the stage. */
static guint8 *
find_open_stages (InbLeadFacts *self)
{
  GPtrArray *texts = self->values[INB_FILTER_STAGE].texts;
  guint8 *is_open = g_new (guint8, texts->len);

  for (guint i = 0; i < texts->len; i++)
    is_open[i] = inb_stage_set_get_category (self->stages, g_ptr_array_index (texts, i)) == INB_STAGE_CATEGORY_OPEN;

  return is_open;
}

static void
narrow_by_flags (InbLeadFacts   *self,
                 InbFilterFlags  flags,
                 gint64          now,
                 guint64        *wanted)
{
  const guint32 *stages = self->codes[INB_FILTER_STAGE];
  g_autofree guint8 *is_open = find_open_stages (self);

  if ((flags & INB_FILTER_FOLLOW_UP_DUE) != 0)
    NARROW (self, wanted,
            self->follow_up_at[row] != INB_TIME_NONE && self->follow_up_at[row] <= now && is_open[stages[row]]);
  if ((flags & INB_FILTER_CONVERTED) != 0)
    NARROW (self, wanted, self->is_converted[row]);
  if ((flags & INB_FILTER_UNANSWERED) != 0)
    NARROW (self, wanted, self->response[row] < 0 && is_open[stages[row]]);
}

static void
narrow_by_clock (InbLeadFacts *self,
                 int           weekday,
                 int           hour,
                 guint64      *wanted)
{
  if (weekday != 0)
    NARROW (self, wanted, self->week_hour[row] / 24 == weekday - 1 && self->created_at[row] != INB_TIME_NONE);
  if (hour >= 0)
    NARROW (self, wanted, self->week_hour[row] % 24 == hour && self->created_at[row] != INB_TIME_NONE);
}

static gboolean
narrow_by_text (InbLeadFacts  *self,
                InbSqlite     *db,
                const char    *text,
                GCancellable  *cancellable,
                guint64       *wanted,
                GError       **error)
{
  const guint64 *found = inb_lead_search_find (self->search, db, self->n_rows, text, cancellable, error);

  if (found == NULL)
    return FALSE;

  for (gsize word = 0; word < (gsize) self->n_rows / 64 + 1; word++)
    wanted[word] &= found[word];

  return TRUE;
}

/**
 * inb_lead_facts_select:
 * @with_tests: test leads too, which figures leave out
 * @now: microseconds
 *
 * Returns: (transfer full) (nullable): a bit per row id, n_rows / 64 + 1 words; %NULL with %G_IO_ERROR_CANCELLED or an error of
 *   SQLite
 */
guint64 *
inb_lead_facts_select (InbLeadFacts         *self,
                       InbSqlite            *db,
                       const InbLeadFilter  *filter,
                       gboolean              with_tests,
                       gint64                now,
                       GCancellable         *cancellable,
                       GError              **error)
{
  g_autofree guint64 *wanted = g_memdup2 (self->shown, ((gsize) self->n_rows / 64 + 1) * sizeof (guint64));

  for (gsize word = 0; !with_tests && word < (gsize) self->n_rows / 64 + 1; word++)
    wanted[word] &= ~self->tests[word];

  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    {
      if (filter->values[field] != NULL)
        narrow_by_values (self, filter, field, wanted);
    }
  narrow_by_range (self, &filter->created, now, self->created_at, wanted);
  narrow_by_range (self, &filter->activity, now, self->last_activity_at, wanted);
  narrow_by_clock (self, filter->weekday, filter->hour, wanted);
  if (filter->flags != 0)
    narrow_by_flags (self, filter->flags, now, wanted);
  if (filter->text != NULL && !narrow_by_text (self, db, filter->text, cancellable, wanted, error))
    return NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return g_steal_pointer (&wanted);
}
