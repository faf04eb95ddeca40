#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-ranks.h"

#include "inb-replica-read.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  char    *key;      /* what the locale sorts by */
  gint64   place;    /* comes before the key: the stage's position, or whether the name is known */
  guint32  code;
} Entry;

/**
 * inb_lead_sort_has_ranks:
 * @field: (out): the field whose values it sorts by
 *
 * Returns: whether it sorts by a column of few values
 */
gboolean
inb_lead_sort_has_ranks (InbLeadSort     sort,
                         InbFilterField *field)
{
  static const struct {
    InbLeadSort    sort;
    InbFilterField field;
  } ranked[] = {
    { INB_LEAD_SORT_STAGE, INB_FILTER_STAGE },
    { INB_LEAD_SORT_SOURCE, INB_FILTER_SOURCE },
    { INB_LEAD_SORT_PRODUCT, INB_FILTER_PRODUCT },
    { INB_LEAD_SORT_OWNER, INB_FILTER_OWNER },
    { INB_LEAD_SORT_TEAM, INB_FILTER_TEAM },
    { INB_LEAD_SORT_TEMPERATURE, INB_FILTER_TEMPERATURE },
    { INB_LEAD_SORT_CAMPAIGN, INB_FILTER_CAMPAIGN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranked); i++)
    {
      if (ranked[i].sort == sort)
        {
          *field = ranked[i].field;
          return TRUE;
        }
    }

  return FALSE;
}

static gint64
get_temperature_place (const char *temperature)
{
  static const char * const known[] = { "cold", "warm", "hot" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (strcmp (known[i], temperature) == 0)
        return i + 1;
    }

  return 0;
}

static gint64
get_stage_place (InbStageSet *stages,
                 const char  *key)
{
  const InbRow *stage = inb_stage_set_find (stages, key);

  return stage == NULL ? G_MAXINT64 : inb_row_get_integer (stage, INB_STAGE_POSITION, G_MAXINT64 - 1);
}

/* id → name; ids without one are left out. */
static GHashTable *
load_names (InbSqlite       *db,
            InbFilterField   field,
            GError         **error)
{
  gboolean is_owner = field == INB_FILTER_OWNER;
  g_autoptr (GPtrArray) rows = inb_replica_read_list (db, is_owner ? INB_KIND_MEMBER : INB_KIND_TEAM, error);
  g_autoptr (GHashTable) names = NULL;

  if (rows == NULL)
    return NULL;

  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (rows, i);
      const char *id = inb_row_get (row, is_owner ? INB_MEMBER_USER_ID : (guint) INB_TEAM_ID);
      const char *name = inb_row_get (row, is_owner ? INB_MEMBER_NAME : (guint) INB_TEAM_NAME);

      if (name == NULL && is_owner)
        name = inb_row_get (row, INB_MEMBER_EMAIL);
      if (id != NULL && name != NULL)
        g_hash_table_insert (names, g_strdup (id), g_strdup (name));
    }

  return g_steal_pointer (&names);
}

static Entry
make_entry (const InbLeadFacts *facts,
            GHashTable         *names,
            InbFilterField      field,
            guint32             code)
{
  const char *text = g_ptr_array_index (facts->values[field].texts, code);
  Entry entry = { .code = code };

  if (field == INB_FILTER_STAGE)
    {
      entry.place = get_stage_place (facts->stages, text);
      entry.key = g_strdup (text);
    }
  else if (field == INB_FILTER_TEMPERATURE)
    {
      entry.place = get_temperature_place (text);
      entry.key = g_utf8_collate_key (text, -1);
    }
  else if (names != NULL)
    {
      const char *name = g_hash_table_lookup (names, text);

      /* Who is not known by name comes after all that are. */
      entry.place = name == NULL;
      entry.key = g_utf8_collate_key (name != NULL ? name : text, -1);
    }
  else
    {
      entry.key = g_utf8_collate_key (text, -1);
    }

  return entry;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const Entry *one = a;
  const Entry *other = b;
  const GPtrArray *texts = user_data;
  int result;

  if (one->place != other->place)
    return one->place < other->place ? -1 : 1;
  result = strcmp (one->key, other->key);

  return result != 0 ? result : strcmp (g_ptr_array_index (texts, one->code), g_ptr_array_index (texts, other->code));
}

/* Frees the entries. */
static guint32 *
make_ranks (Entry     *entries,
            GPtrArray *texts)
{
  guint32 *ranks = g_new0 (guint32, texts->len);

  g_qsort_with_data (entries, (int) texts->len - 1, sizeof (Entry), compare_entries, texts);
  for (guint i = 0; i + 1 < texts->len; i++)
    {
      ranks[entries[i].code] = i + 1;
      g_free (entries[i].key);
    }

  return ranks;
}

/**
 * inb_lead_ranks_new:
 *
 * Returns: (transfer full) (nullable): by code, from 1 in ascending order; 0 for code 0, which is no value
 */
guint32 *
inb_lead_ranks_new (const InbLeadFacts  *facts,
                    InbSqlite           *db,
                    InbFilterField       field,
                    GError             **error)
{
  GPtrArray *texts = facts->values[field].texts;
  g_autofree Entry *entries = g_new (Entry, texts->len);
  g_autoptr (GHashTable) names = NULL;

  if (field == INB_FILTER_OWNER || field == INB_FILTER_TEAM)
    {
      names = load_names (db, field, error);
      if (names == NULL)
        return NULL;
    }
  for (guint code = 1; code < texts->len; code++)
    entries[code - 1] = make_entry (facts, names, field, code);

  return make_ranks (entries, texts);
}

/**
 * inb_lead_ranks_new_by_locale:
 * @texts: (element-type utf8): by code
 *
 * Returns: (transfer full): by code, from 1; 0 for code 0
 */
guint32 *
inb_lead_ranks_new_by_locale (GPtrArray *texts)
{
  g_autofree Entry *entries = g_new (Entry, texts->len);

  for (guint code = 1; code < texts->len; code++)
    {
      Entry entry = { .code = code, .key = g_utf8_collate_key (g_ptr_array_index (texts, code), -1) };

      entries[code - 1] = entry;
    }

  return make_ranks (entries, texts);
}
