#define G_LOG_DOMAIN "inb-tests"

#include "inb-facts-kit.h"

#include "inb-time.h"

#define JULIAN_1970 719163
#define LONGEST_RESPONSE 200000

static const char * const stage_keys[] = { "", "new", "contacted", "qualified", "proposal", "won", "lost", "not_arrived" };

static void
init_values (InbFactValues *values)
{
  values->texts = g_ptr_array_new_with_free_func (g_free);
  values->codes = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_add (values->texts, g_strdup (""));
  g_hash_table_insert (values->codes, g_ptr_array_index (values->texts, 0), GUINT_TO_POINTER (0));
}

static void
add_value (InbFactValues *values,
           const char    *text)
{
  guint code = values->texts->len;

  g_ptr_array_add (values->texts, g_strdup (text));
  g_hash_table_insert (values->codes, g_ptr_array_index (values->texts, code), GUINT_TO_POINTER (code));
}

static void
init_all_values (InbLeadFacts           *facts,
                 const InbFactsKitShape *shape)
{
  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    init_values (&facts->values[field]);
  for (guint i = 1; i < G_N_ELEMENTS (stage_keys); i++)
    add_value (&facts->values[INB_FILTER_STAGE], stage_keys[i]);
  /* Codes are not in the order of the names. */
  for (guint i = shape->n_sources; i > 1; i--)
    {
      g_autofree char *name = g_strdup_printf ("source %u", i);

      add_value (&facts->values[INB_FILTER_SOURCE], name);
    }
  for (guint i = shape->n_products; i > 1; i--)
    {
      g_autofree char *name = g_strdup_printf ("product %u", i);

      add_value (&facts->values[INB_FILTER_PRODUCT], name);
    }
}

static void
make_arrays (InbLeadFacts *facts,
             guint         n_rows)
{
  facts->n_rows = n_rows;
  facts->shown = g_new0 (guint64, n_rows / 64 + 1);
  facts->created_at = g_new0 (gint64, n_rows);
  facts->last_activity_at = g_new0 (gint64, n_rows);
  facts->follow_up_at = g_new0 (gint64, n_rows);
  facts->converted_at = g_new0 (gint64, n_rows);
  facts->value = g_new0 (gint64, n_rows);
  facts->response = g_new0 (gint32, n_rows);
  facts->day = g_new0 (gint32, n_rows);
  facts->week_hour = g_new0 (guint8, n_rows);
  facts->is_converted = g_new0 (guint8, n_rows);
  facts->score = g_new0 (gint16, n_rows);
  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    facts->codes[field] = g_new0 (guint32, n_rows);
}

/* Places the lead on its local day, the slow way. */
void
inb_facts_kit_set_created (InbLeadFacts *facts,
                           guint32       row,
                           gint64        created_at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (created_at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, facts->timezone);
  g_autoptr (GDate) date = g_date_new_dmy (g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                                           g_date_time_get_year (local));

  facts->created_at[row] = created_at;
  facts->day[row] = (gint32) g_date_get_julian (date) - JULIAN_1970;
  facts->week_hour[row] = (guint8) ((g_date_time_get_day_of_week (local) - 1) * 24 + g_date_time_get_hour (local));
}

/* Some values are much more frequent than others. */
static guint32
choose_code (GRand *rand,
             guint  n_codes)
{
  return (guint32) (g_rand_double (rand) * g_rand_double (rand) * n_codes);
}

static void
fill_row (InbLeadFacts           *facts,
          guint32                 row,
          GRand                  *rand,
          const InbFactsKitShape *shape)
{
  gint64 age = (gint64) (g_rand_double (rand) * shape->n_days * (double) INB_TIME_DAY) - INB_TIME_DAY / 4;
  guint32 stage = (guint32) g_rand_int_range (rand, 0, G_N_ELEMENTS (stage_keys));

  inb_facts_kit_set_created (facts, row, shape->now - age);
  facts->last_activity_at[row] = INB_TIME_NONE;
  facts->follow_up_at[row] = INB_TIME_NONE;
  facts->converted_at[row] = INB_TIME_NONE;
  facts->score[row] = -1;
  facts->codes[INB_FILTER_STAGE][row] = stage;
  facts->codes[INB_FILTER_SOURCE][row] = choose_code (rand, facts->values[INB_FILTER_SOURCE].texts->len);
  facts->codes[INB_FILTER_PRODUCT][row] = choose_code (rand, facts->values[INB_FILTER_PRODUCT].texts->len);
  facts->value[row] = g_rand_boolean (rand) ? g_rand_int_range (rand, 1, 1000000) : 0;
  facts->response[row] = g_rand_int_range (rand, 0, 3) == 0 ? -1 : (gint32) choose_code (rand, LONGEST_RESPONSE);
  facts->is_converted[row] = g_str_equal (stage_keys[stage], "won");
  if (facts->is_converted[row])
    facts->converted_at[row] = facts->created_at[row] + (gint64) (g_rand_double (rand) * 20 * (double) INB_TIME_DAY);
  if (row > 0 && g_rand_int_range (rand, 0, 20) > 0)
    facts->shown[row / 64] |= G_GUINT64_CONSTANT (1) << (row % 64);
}

/* Row 0 is never one: SQLite's row ids begin with 1. */
InbLeadFacts *
inb_facts_kit_new (guint32                 seed,
                   const InbFactsKitShape *shape)
{
  InbLeadFacts *facts = g_new0 (InbLeadFacts, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  facts->timezone = g_time_zone_new_identifier (shape->timezone);
  g_assert_nonnull (facts->timezone);
  facts->stages = inb_stage_set_new_default ();
  init_all_values (facts, shape);
  make_arrays (facts, shape->n_rows);
  for (guint32 row = 0; row < shape->n_rows; row++)
    fill_row (facts, row, rand, shape);

  return facts;
}

void
inb_facts_kit_free (InbLeadFacts *facts)
{
  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    {
      g_hash_table_unref (facts->values[field].codes);
      g_ptr_array_unref (facts->values[field].texts);
      g_free (facts->codes[field]);
    }
  g_free (facts->shown);
  g_free (facts->created_at);
  g_free (facts->last_activity_at);
  g_free (facts->follow_up_at);
  g_free (facts->converted_at);
  g_free (facts->value);
  g_free (facts->response);
  g_free (facts->day);
  g_free (facts->week_hour);
  g_free (facts->is_converted);
  g_free (facts->score);
  g_time_zone_unref (facts->timezone);
  inb_stage_set_unref (facts->stages);
  g_free (facts);
}

guint64 *
inb_facts_kit_choose (const InbLeadFacts *facts,
                      GRand              *rand,
                      double              share)
{
  guint64 *rows = g_new0 (guint64, facts->n_rows / 64 + 1);

  for (guint32 row = 0; row < facts->n_rows; row++)
    {
      if (inb_facts_kit_has (facts->shown, row) && g_rand_double (rand) < share)
        rows[row / 64] |= G_GUINT64_CONSTANT (1) << (row % 64);
    }

  return rows;
}

gboolean
inb_facts_kit_has (const guint64 *rows,
                   guint32        row)
{
  return (rows[row / 64] >> (row % 64)) & 1;
}

const char *
inb_facts_kit_get_text (const InbLeadFacts *facts,
                        InbFilterField      field,
                        guint32             row)
{
  return g_ptr_array_index (facts->values[field].texts, facts->codes[field][row]);
}
