#define G_LOG_DOMAIN "inb-tests"

#include "inb-world.h"

#include "inb-fold.h"
#include "inb-money.h"

#include <string.h>

#define NONE G_MININT64

static const InbRow *
find_contact (InbWorld     *world,
              const InbRow *lead)
{
  for (guint i = 0; i < world->contacts->len; i++)
    {
      const InbRow *contact = g_ptr_array_index (world->contacts, i);

      if (g_strcmp0 (inb_row_get_key (contact), inb_row_get (lead, INB_LEAD_CONTACT_ID)) == 0)
        return contact;
    }

  return NULL;
}

static const char *
get_contact (InbWorld     *world,
             const InbRow *lead,
             guint         column)
{
  const InbRow *contact = find_contact (world, lead);

  return contact != NULL ? inb_row_get (contact, column) : NULL;
}

gboolean
inb_world_is_counted (const InbRow *lead)
{
  return inb_row_get (lead, INB_LEAD_DELETED_AT) == NULL && !inb_row_get_boolean (lead, INB_LEAD_IS_TEST);
}

static gboolean
is_open (InbWorld     *world,
         const InbRow *lead)
{
  return inb_stage_set_get_category (world->set, inb_row_get (lead, INB_LEAD_STAGE)) == INB_STAGE_CATEGORY_OPEN;
}

static gint64
get_response (const InbRow *lead)
{
  gint64 answered = inb_row_get_time (lead, INB_LEAD_FIRST_RESPONSE_AT);

  if (answered == INB_TIME_NONE)
    return NONE;

  return MAX (answered - inb_row_get_time (lead, INB_LEAD_CREATED_AT), 0) / INB_TIME_SECOND;
}

/* What it is sorted by: none, and nothing in another currency, comes last. */
static gint64
get_value (InbWorld     *world,
           const InbRow *lead)
{
  const char *currency = inb_row_get (lead, INB_LEAD_CURRENCY);
  const char *text = inb_row_get (lead, INB_LEAD_ESTIMATED_VALUE);
  gint64 value;

  if (currency != NULL && strcmp (currency, inb_row_get (world->workspace, INB_WORKSPACE_CURRENCY)) != 0)
    return NONE;
  if (inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED) && inb_row_get (lead, INB_LEAD_CONVERSION_VALUE) != NULL)
    text = inb_row_get (lead, INB_LEAD_CONVERSION_VALUE);

  return text != NULL && inb_money_parse (text, &value) && value != 0 ? value : NONE;
}

static gboolean
matches_range (InbWorld           *world,
               const InbDateRange *range,
               gint64              time)
{
  gint64 from, to;

  if (range->kind == INB_DATE_RANGE_ANY)
    return TRUE;
  inb_date_range_resolve (range, INB_WORLD_NOW, world->timezone, &from, &to);

  return time != INB_TIME_NONE && time >= from && time < to;
}

static gboolean
has_word (InbWorld     *world,
          const InbRow *lead,
          const char   *word)
{
  static const guint columns[] = {
    INB_CONTACT_FIRSTNAME, INB_CONTACT_LASTNAME, INB_CONTACT_EMAIL, INB_CONTACT_PHONE_DISPLAY, INB_CONTACT_COMPANY, INB_CONTACT_NOTES,
  };
  g_autofree char *inquiry = inb_fold_text (inb_row_get (lead, INB_LEAD_INITIAL_INQUIRY));

  if (strstr (inquiry, word) != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text = inb_fold_text (get_contact (world, lead, columns[i]));

      if (strstr (text, word) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
matches_text (InbWorld     *world,
              const InbRow *lead,
              const char   *text)
{
  g_autofree char *folded = inb_fold_text (text);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (!has_word (world, lead, parts[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
matches (InbWorld            *world,
         const InbRow        *lead,
         const InbLeadFilter *filter)
{
  gint64 created_at = inb_row_get_time (lead, INB_LEAD_CREATED_AT);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (created_at / INB_TIME_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, world->timezone);
  gint64 follow_up_at = inb_row_get_time (lead, INB_LEAD_NEXT_FOLLOW_UP_AT);

  if (inb_row_get (lead, INB_LEAD_DELETED_AT) != NULL)
    return FALSE;
  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    {
      const char *value = inb_row_get (lead, inb_world_field_columns[field]);

      if (filter->values[field] != NULL && !inb_lead_filter_has_value (filter, field, value != NULL ? value : ""))
        return FALSE;
    }
  if ((filter->flags & INB_FILTER_FOLLOW_UP_DUE) != 0 &&
      (follow_up_at == INB_TIME_NONE || follow_up_at > INB_WORLD_NOW || !is_open (world, lead)))
    return FALSE;
  if ((filter->flags & INB_FILTER_CONVERTED) != 0 && !inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED))
    return FALSE;
  if ((filter->flags & INB_FILTER_UNANSWERED) != 0 && (get_response (lead) != NONE || !is_open (world, lead)))
    return FALSE;

  return matches_range (world, &filter->created, created_at) &&
         matches_range (world, &filter->activity, inb_row_get_time (lead, INB_LEAD_LAST_ACTIVITY_AT)) &&
         (filter->weekday == 0 || g_date_time_get_day_of_week (local) == filter->weekday) &&
         (filter->hour < 0 || g_date_time_get_hour (local) == filter->hour) &&
         (filter->text == NULL || matches_text (world, lead, filter->text));
}

/* A sort key as text and number; neither: no value. */
typedef struct {
  const InbRow *lead;
  char         *text;
  gint64        number;
} Key;

static void
key_free (Key *key)
{
  g_free (key->text);
  g_free (key);
}

static const char *
find_name (const char * const list[][2],
           guint              n_list,
           const char        *id)
{
  for (guint i = 0; i < n_list; i++)
    {
      if (g_strcmp0 (list[i][0], id) == 0 && list[i][1] != NULL)
        return list[i][1];
    }

  return NULL;
}

static void
take_name (Key               *key,
           const char * const list[][2],
           guint              n_list,
           const char        *id)
{
  const char *name = find_name (list, n_list, id);

  if (id == NULL)
    return;
  key->number = name == NULL;
  key->text = g_utf8_collate_key (name != NULL ? name : id, -1);
}

static char *
collate (const char *text)
{
  return text != NULL ? g_utf8_collate_key (text, -1) : NULL;
}

static gint64
get_stage_place (InbWorld   *world,
                 const char *stage)
{
  const InbRow *row = inb_stage_set_find (world->set, stage);

  return row != NULL ? inb_row_get_integer (row, INB_STAGE_POSITION, 0) : G_MAXINT64;
}

static Key *
make_key (InbWorld     *world,
          const InbRow *lead,
          InbLeadSort   sort)
{
  Key *key = g_new0 (Key, 1);
  const char *temperature = inb_row_get (lead, INB_LEAD_TEMPERATURE);

  key->lead = lead;
  key->number = NONE;
  switch (sort)
    {
    case INB_LEAD_SORT_SOURCE:
      key->text = collate (inb_row_get (lead, INB_LEAD_LEAD_SOURCE));
      break;
    case INB_LEAD_SORT_PRODUCT:
      key->text = collate (inb_row_get (lead, INB_LEAD_PRODUCT_INTEREST));
      break;
    case INB_LEAD_SORT_STAGE:
      key->number = get_stage_place (world, inb_row_get (lead, INB_LEAD_STAGE));
      break;
    case INB_LEAD_SORT_COMPANY:
      key->text = collate (get_contact (world, lead, INB_CONTACT_COMPANY));
      break;
    case INB_LEAD_SORT_SCORE:
      key->number = inb_row_get_integer (lead, INB_LEAD_LEAD_SCORE, NONE);
      break;
    case INB_LEAD_SORT_TEMPERATURE:
      if (temperature != NULL)
        key->number = g_str_equal (temperature, "hot") ? 3 : g_str_equal (temperature, "warm") ? 2 : 1;
      break;
    case INB_LEAD_SORT_OWNER:
      take_name (key, inb_world_owners, G_N_ELEMENTS (inb_world_owners), inb_row_get (lead, INB_LEAD_ASSIGNED_TO));
      break;
    case INB_LEAD_SORT_TEAM:
      take_name (key, inb_world_teams, G_N_ELEMENTS (inb_world_teams), inb_row_get (lead, INB_LEAD_TEAM_ID));
      break;
    case INB_LEAD_SORT_VALUE:
      key->number = get_value (world, lead);
      break;
    case INB_LEAD_SORT_CAMPAIGN:
      key->text = collate (inb_row_get (lead, INB_LEAD_UTM_CAMPAIGN));
      break;
    case INB_LEAD_SORT_LAST_ACTIVITY:
      key->number = inb_row_get_time (lead, INB_LEAD_LAST_ACTIVITY_AT);
      break;
    case INB_LEAD_SORT_FOLLOW_UP:
      key->number = inb_row_get_time (lead, INB_LEAD_NEXT_FOLLOW_UP_AT);
      break;
    case INB_LEAD_SORT_RESPONSE:
      key->number = get_response (lead);
      break;
    default:
      key->number = inb_row_get_time (lead, INB_LEAD_CREATED_AT);
      break;
    }

  return key;
}

static int
compare_newest (const InbRow *a,
                const InbRow *b)
{
  gint64 one = inb_row_get_time (a, INB_LEAD_CREATED_AT);
  gint64 other = inb_row_get_time (b, INB_LEAD_CREATED_AT);

  if (one != other)
    return one > other ? -1 : 1;

  return -strcmp (inb_row_get_key (a), inb_row_get_key (b));
}

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const Key *one = *(Key * const *) a;
  const Key *other = *(Key * const *) b;
  const InbLeadQuery *query = user_data;
  gboolean one_missing = one->text == NULL && one->number == NONE;
  gboolean other_missing = other->text == NULL && other->number == NONE;
  int result;

  if (query->sort == INB_LEAD_SORT_CREATED)
    return compare_newest (one->lead, other->lead) * (query->descending ? 1 : -1);
  if (one_missing || other_missing)
    return one_missing == other_missing ? compare_newest (one->lead, other->lead) : one_missing - other_missing;

  result = (one->number > other->number) - (one->number < other->number);
  if (result == 0)
    result = g_strcmp0 (one->text, other->text);
  if (result == 0)
    return compare_newest (one->lead, other->lead);

  return query->descending ? -result : result;
}

GPtrArray *
inb_world_list_expected (InbWorld           *world,
                         const InbLeadQuery *query)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) key_free);
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < world->leads->len; i++)
    {
      const InbRow *lead = g_ptr_array_index (world->leads, i);

      if (matches (world, lead, query->filter))
        g_ptr_array_add (keys, make_key (world, lead, query->sort));
    }
  g_ptr_array_sort_with_data (keys, compare_keys, (gpointer) query);
  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (ids, (gpointer) inb_row_get_key (((Key *) g_ptr_array_index (keys, i))->lead));

  return ids;
}

