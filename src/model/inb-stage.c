#define G_LOG_DOMAIN "inb-model"

#include "inb-stage.h"

#include "inb-fold.h"
#include "inb-json.h"
#include "inb-stage-defaults.h"
#include "inb-time.h"

#include <string.h>

struct _InbStageSet {
  gatomicrefcount  refs;

  /* Owned */
  GPtrArray       *rows;  /* (element-type InbRow) by position */
  GHashTable      *keys;  /* key → row, both borrowed from rows */
  GHashTable      *words; /* folded word (owned) → key, borrowed from rows */
};

/* "Closed-Won", "closed_won" and "closed won" are one word. */
static char *
fold_word (const char *word)
{
  g_autofree char *spaced = g_strdup (word);

  g_strdelimit (spaced, "-_", ' ');

  return inb_fold_text (spaced);
}

/* The stages of a new workspace that are not open have their category's name for a key. */
static InbStageCategory
category_from_name (const char *name)
{
  if (g_strcmp0 (name, "won") == 0)
    return INB_STAGE_CATEGORY_WON;
  if (g_strcmp0 (name, "lost") == 0)
    return INB_STAGE_CATEGORY_LOST;

  return INB_STAGE_CATEGORY_OPEN;
}

static InbStageCategory
category_of (const InbRow *row)
{
  return category_from_name (inb_row_get (row, INB_STAGE_CATEGORY));
}

static gboolean
is_in_use (const InbRow *row)
{
  return row != NULL && inb_row_get (row, INB_STAGE_ARCHIVED_AT) == NULL;
}

static int
compare_position (gconstpointer a,
                  gconstpointer b)
{
  const InbRow *first = *(const InbRow * const *) a;
  const InbRow *second = *(const InbRow * const *) b;
  gint64 first_position = inb_row_get_integer (first, INB_STAGE_POSITION, 0);
  gint64 second_position = inb_row_get_integer (second, INB_STAGE_POSITION, 0);

  if (first_position != second_position)
    return first_position < second_position ? -1 : 1;

  return g_strcmp0 (inb_row_get (first, INB_STAGE_KEY), inb_row_get (second, INB_STAGE_KEY));
}

/* Called in order of precedence: the first meaning of a word stays. */
static void
add_word (InbStageSet *self,
          const char  *word,
          const char  *key)
{
  g_autofree char *folded = fold_word (word);

  if (*folded != '\0' && !g_hash_table_contains (self->words, folded))
    g_hash_table_insert (self->words, g_steal_pointer (&folded), (char *) key);
}

static void
add_status_words (InbStageSet  *self,
                  const InbRow *row)
{
  const char *text = inb_row_get (row, INB_STAGE_STATUS_WORDS);
  g_autoptr (JsonNode) node = text == NULL ? NULL : inb_json_parse (text, strlen (text), NULL);
  JsonArray *words;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;

  words = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (words); i++)
    {
      JsonNode *word = json_array_get_element (words, i);

      if (json_node_get_value_type (word) == G_TYPE_STRING)
        add_word (self, json_node_get_string (word), inb_row_get (row, INB_STAGE_KEY));
    }
}

static void
add_builtin_word (InbStageSet        *self,
                  const InbStageWord *builtin)
{
  const InbRow *row = g_hash_table_lookup (self->keys, builtin->key);

  for (guint i = 0; !is_in_use (row) && builtin->category != INB_STAGE_CATEGORY_OPEN && i < self->rows->len; i++)
    {
      const InbRow *candidate = g_ptr_array_index (self->rows, i);

      if (is_in_use (candidate) && category_of (candidate) == builtin->category)
        row = candidate;
    }

  if (is_in_use (row))
    add_word (self, builtin->word, inb_row_get (row, INB_STAGE_KEY));
}

static void
index_words (InbStageSet *self)
{
  const InbStageWord *builtin;
  guint n_builtin;

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (is_in_use (g_ptr_array_index (self->rows, i)))
        add_status_words (self, g_ptr_array_index (self->rows, i));
    }

  builtin = inb_stage_get_builtin_words (&n_builtin);
  for (guint i = 0; i < n_builtin; i++)
    add_builtin_word (self, &builtin[i]);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (self->rows, i);

      if (is_in_use (row))
        add_word (self, inb_row_get (row, INB_STAGE_KEY), inb_row_get (row, INB_STAGE_KEY));
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (self->rows, i);

      if (is_in_use (row) && inb_row_get (row, INB_STAGE_NAME) != NULL)
        add_word (self, inb_row_get (row, INB_STAGE_NAME), inb_row_get (row, INB_STAGE_KEY));
    }
}

/**
 * inb_stage_set_new:
 * @rows: (element-type InbRow): the workspace's rows of %INB_KIND_STAGE; archived ones too, as leads may be in them
 *
 * Returns: (transfer full): an immutable set
 */
InbStageSet *
inb_stage_set_new (GPtrArray *rows)
{
  InbStageSet *self;

  g_return_val_if_fail (rows != NULL, NULL);

  self = g_new0 (InbStageSet, 1);
  g_atomic_ref_count_init (&self->refs);
  self->rows = g_ptr_array_new_full (rows->len, (GDestroyNotify) inb_row_unref);
  self->keys = g_hash_table_new (g_str_hash, g_str_equal);
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      InbRow *row = g_ptr_array_index (rows, i);
      const char *key = inb_row_get (row, INB_STAGE_KEY);

      if (key == NULL || inb_row_get (row, INB_STAGE_NUMBER) == NULL || g_hash_table_contains (self->keys, key))
        continue;

      g_ptr_array_add (self->rows, inb_row_ref (row));
      g_hash_table_insert (self->keys, (char *) key, row);
    }
  g_ptr_array_sort (self->rows, compare_position);
  index_words (self);

  return self;
}

/**
 * inb_stage_set_new_default:
 *
 * Returns: (transfer full): the stages that every workspace starts with
 */
InbStageSet *
inb_stage_set_new_default (void)
{
  g_autoptr (GPtrArray) rows = inb_stage_default_rows ("", 0);

  return inb_stage_set_new (rows);
}

InbStageSet *
inb_stage_set_ref (InbStageSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
inb_stage_set_unref (InbStageSet *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_hash_table_unref (self->words);
  g_hash_table_unref (self->keys);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * inb_stage_set_find:
 * @key: (nullable): a stage's key
 *
 * Returns: (transfer none) (nullable): the stage's row
 */
const InbRow *
inb_stage_set_find (InbStageSet *self,
                    const char  *key)
{
  g_return_val_if_fail (self != NULL, NULL);

  return key == NULL ? NULL : g_hash_table_lookup (self->keys, key);
}

guint
inb_stage_set_get_size (InbStageSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

/**
 * inb_stage_set_get:
 *
 * Returns: (transfer none) (nullable): the stage at that place, in order of position
 */
const InbRow *
inb_stage_set_get (InbStageSet *self,
                   guint        index)
{
  g_return_val_if_fail (self != NULL && index < self->rows->len, NULL);

  return g_ptr_array_index (self->rows, index);
}

/**
 * inb_stage_set_get_category:
 * @key: (nullable): a stage's key
 *
 * Returns: the stage's category; of a stage that is not in the set, as it has not arrived yet, what its key means in a new
 *   workspace: open, unless it is "won" or "lost"
 */
InbStageCategory
inb_stage_set_get_category (InbStageSet *self,
                            const char  *key)
{
  const InbRow *row = inb_stage_set_find (self, key);

  return category_from_name (row != NULL ? inb_row_get (row, INB_STAGE_CATEGORY) : key);
}

gint64
inb_stage_set_get_seq (InbStageSet *self)
{
  gint64 seq = 0;

  for (guint i = 0; i < inb_stage_set_get_size (self); i++)
    seq = MAX (seq, inb_row_get_integer (inb_stage_set_get (self, i), INB_STAGE_CHANGE_SEQ, 0));

  return seq;
}

/* The webhook's own table; a word whose stage is gone falls to the other tables. */
static const char *
map_own_word (InbStageSet *self,
              JsonObject  *words,
              const char  *folded)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, words);
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *candidate = NULL;
      const InbRow *row;

      if (json_node_get_value_type (value) != G_TYPE_STRING)
        continue;
      candidate = fold_word (name);
      if (strcmp (candidate, folded) != 0)
        continue;
      row = inb_stage_set_find (self, json_node_get_string (value));
      if (is_in_use (row))
        return inb_row_get (row, INB_STAGE_KEY);
    }

  return NULL;
}

/**
 * inb_stage_set_map_word:
 * @words: (nullable): the webhook's own table, word → stage key
 * @word: (nullable): a sender's status word
 *
 * Returns: (transfer none) (nullable): the key of the stage that the word means
 */
const char *
inb_stage_set_map_word (InbStageSet *self,
                        JsonObject  *words,
                        const char  *word)
{
  g_autofree char *folded = NULL;
  const char *key = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (word == NULL || *word == '\0')
    return NULL;

  folded = fold_word (word);
  if (words != NULL)
    key = map_own_word (self, words, folded);

  return key != NULL ? key : g_hash_table_lookup (self->words, folded);
}

/**
 * inb_lead_follow_stage:
 * @lead: a row of %INB_KIND_LEAD in a stage of @stages
 * @now: microseconds since 1970 UTC
 *
 * Writes what follows from the category of the lead's stage, which may have become another one: the lead is won or lost from
 * @now on unless it was before.
 *
 * Returns: whether anything changed
 */
gboolean
inb_lead_follow_stage (InbRow      *lead,
                       InbStageSet *stages,
                       gint64       now)
{
  InbStageCategory category = inb_stage_set_get_category (stages, inb_row_get (lead, INB_LEAD_STAGE));
  gboolean won = category == INB_STAGE_CATEGORY_WON;
  gboolean lost = category == INB_STAGE_CATEGORY_LOST;
  gboolean is_wrong = inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED) != won ||
                      inb_row_get_boolean (lead, INB_LEAD_IS_ACTIVE) == lost ||
                      (inb_row_get (lead, INB_LEAD_CONVERTED_AT) != NULL) != won ||
                      (inb_row_get (lead, INB_LEAD_LOST_AT) != NULL) != lost;

  if (!is_wrong)
    return FALSE;

  inb_row_set_boolean (lead, INB_LEAD_IS_CONVERTED, won);
  inb_row_set_boolean (lead, INB_LEAD_IS_ACTIVE, !lost);
  if (!won)
    inb_row_set (lead, INB_LEAD_CONVERTED_AT, NULL);
  else if (inb_row_get (lead, INB_LEAD_CONVERTED_AT) == NULL)
    inb_row_set_time (lead, INB_LEAD_CONVERTED_AT, now);
  if (!lost)
    inb_row_set (lead, INB_LEAD_LOST_AT, NULL);
  else if (inb_row_get (lead, INB_LEAD_LOST_AT) == NULL)
    inb_row_set_time (lead, INB_LEAD_LOST_AT, now);

  return TRUE;
}

/**
 * inb_lead_set_stage:
 * @lead: a row of %INB_KIND_LEAD; may have no stage yet
 * @key: a stage of @stages
 * @now: microseconds since 1970 UTC
 *
 * The only place that writes a lead's stage and what follows from it. A lead that goes from one won stage to another
 * keeps its converted_at, and likewise for lost ones.
 *
 * Returns: %FALSE, with nothing changed, if the lead is in that stage already
 */
gboolean
inb_lead_set_stage (InbRow      *lead,
                    InbStageSet *stages,
                    const char  *key,
                    gint64       now)
{
  const InbRow *stage = inb_stage_set_find (stages, key);
  const char *before;

  g_return_val_if_fail (lead != NULL && stage != NULL, FALSE);

  before = inb_row_get (lead, INB_LEAD_STAGE);
  if (g_strcmp0 (before, key) == 0)
    return FALSE;

  if (before != NULL)
    inb_row_set (lead, INB_LEAD_PREVIOUS_STAGE, before);
  inb_row_set (lead, INB_LEAD_STAGE, inb_row_get (stage, INB_STAGE_KEY));
  inb_row_set (lead, INB_LEAD_LEAD_STATUS_ID, inb_row_get (stage, INB_STAGE_NUMBER));
  inb_lead_follow_stage (lead, stages, now);

  return TRUE;
}
