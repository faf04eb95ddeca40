#define G_LOG_DOMAIN "inb-model"

#include "inb-error.h"
#include "inb-fold.h"
#include "inb-json.h"
#include "inb-stage-edit.h"

#include <string.h>

#define MAX_ICON 64 /* characters */

/* What the checks of one list know of each other. */
typedef struct {
  /* Borrowed */
  const InbStageEdit *edit;
  InbStageSet        *stages;

  /* Owned: sets */
  GHashTable         *keys;
  GHashTable         *names;  /* folded */
  GHashTable         *words;  /* folded → the name of the stage that has it */

  guint               n_default;
  guint               n_shown[INB_STAGE_CATEGORY_LOST + 1]; /* that can be chosen, by category */
} Check;

static const char * const categories[] = { "open", "won", "lost" };
static const char * const temperatures[] = { "hot", "warm", "cold", NULL };

static void
check_clear (Check *check)
{
  g_clear_pointer (&check->keys, g_hash_table_unref);
  g_clear_pointer (&check->names, g_hash_table_unref);
  g_clear_pointer (&check->words, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, message);

  return FALSE;
}

static gboolean
has_control (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (c)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_short_text (const char *text,
               glong       most)
{
  return g_utf8_validate (text, -1, NULL) && g_utf8_strlen (text, -1) <= most && !has_control (text);
}

static gboolean
is_color (const char *text)
{
  if (strlen (text) != 7 || text[0] != '#')
    return FALSE;
  for (const char *c = text + 1; *c != '\0'; c++)
    {
      if (!g_ascii_isxdigit (*c))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_number (const InbRow  *row,
              guint          index,
              guint          column,
              gint64         least,
              gint64         most,
              GError       **error)
{
  const InbColumn *info = &inb_kind_get_columns (INB_KIND_STAGE, NULL)[column];
  gint64 value = inb_row_get_integer (row, column, least);

  return (value >= least && value <= most) ||
         refuse (error, "stages[%u].%s must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, index, info->name, least, most);
}

static gboolean
check_name (Check         *check,
            const InbRow  *row,
            guint          index,
            GError       **error)
{
  const char *name = inb_row_get (row, INB_STAGE_NAME);
  g_autofree char *folded = NULL;

  if (name == NULL || !is_short_text (name, INB_STAGE_EDIT_MAX_NAME))
    return refuse (error, "stages[%u].name must have 1 to %d characters in one line", index, INB_STAGE_EDIT_MAX_NAME);
  folded = inb_fold_text (name);
  if (g_hash_table_contains (check->names, folded))
    return refuse (error, "stages[%u].name: another stage is called “%s” already", index, name);
  g_hash_table_add (check->names, g_steal_pointer (&folded));

  return TRUE;
}

static gboolean
check_texts (const InbRow  *row,
             guint          index,
             GError       **error)
{
  const char *color = inb_row_get (row, INB_STAGE_COLOR);
  const char *icon = inb_row_get (row, INB_STAGE_ICON);
  const char *description = inb_row_get (row, INB_STAGE_DESCRIPTION);
  const char *temperature = inb_row_get (row, INB_STAGE_SETS_TEMPERATURE);

  if (color == NULL || !is_color (color))
    return refuse (error, "stages[%u].color must be a colour such as #3584e4", index);
  if (icon != NULL && !is_short_text (icon, MAX_ICON))
    return refuse (error, "stages[%u].icon must be an icon’s name or an emoji of at most %d characters", index, MAX_ICON);
  if (description != NULL && (!g_utf8_validate (description, -1, NULL) || g_utf8_strlen (description, -1) > INB_STAGE_EDIT_MAX_TEXT))
    return refuse (error, "stages[%u].description must have at most %d characters", index, INB_STAGE_EDIT_MAX_TEXT);
  if (temperature != NULL && !g_strv_contains (temperatures, temperature))
    return refuse (error, "stages[%u].sets_temperature must be hot, warm, cold or null", index);

  return TRUE;
}

/* A word that two stages claim would mean either. */
static gboolean
check_word (Check        *check,
            const InbRow *row,
            guint         index,
            JsonNode     *node,
            GError      **error)
{
  const char *word = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  const char *name = inb_row_get (row, INB_STAGE_NAME);
  g_autofree char *spaced = g_strdelimit (g_strdup (word == NULL ? "" : word), "-_", ' ');
  g_autofree char *folded = inb_fold_text (spaced);
  const char *other = g_hash_table_lookup (check->words, folded);

  if (*folded == '\0' || !is_short_text (word, INB_STAGE_EDIT_MAX_NAME))
    return refuse (error, "stages[%u].status_words must be words of 1 to %d characters", index, INB_STAGE_EDIT_MAX_NAME);
  if (other != NULL && other != name)
    return refuse (error, "stages[%u].status_words: “%s” means the stage “%s” already", index, word, other);
  g_hash_table_insert (check->words, g_steal_pointer (&folded), (char *) name);

  return TRUE;
}

static gboolean
check_words (Check         *check,
             const InbRow  *row,
             guint          index,
             GError       **error)
{
  const char *text = inb_row_get (row, INB_STAGE_STATUS_WORDS);
  g_autoptr (JsonNode) node = text == NULL ? NULL : inb_json_parse (text, strlen (text), NULL);
  JsonArray *words;

  if (text == NULL)
    return TRUE;
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) > INB_STAGE_EDIT_MAX_WORDS)
    return refuse (error, "stages[%u].status_words must be a list of at most %d words", index, INB_STAGE_EDIT_MAX_WORDS);

  words = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (words); i++)
    {
      if (!check_word (check, row, index, json_array_get_element (words, i), error))
        return FALSE;
    }

  return TRUE;
}

/* Figures and webhooks know the stage in which leads arrive by its key. */
static gboolean
check_role (Check             *check,
            const InbRow      *row,
            InbStageCategory   category,
            guint              index,
            GError           **error)
{
  gboolean is_hidden = inb_row_get_boolean (row, INB_STAGE_IS_HIDDEN);
  gboolean is_first = g_strcmp0 (inb_row_get (row, INB_STAGE_KEY), INB_STAGE_DEFAULT_KEY) == 0;

  if ((is_first || inb_row_get_boolean (row, INB_STAGE_IS_DEFAULT)) && (is_hidden || category != INB_STAGE_CATEGORY_OPEN))
    return refuse (error, "stages[%u]: “%s” is where leads arrive, so it must be open and not hidden", index,
                   inb_row_get (row, INB_STAGE_NAME));
  check->n_default += inb_row_get_boolean (row, INB_STAGE_IS_DEFAULT) ? 1 : 0;
  check->n_shown[category] += is_hidden ? 0 : 1;

  return TRUE;
}

static gboolean
check_stage (Check         *check,
             const InbRow  *row,
             guint          index,
             GError       **error)
{
  const char *key = inb_row_get (row, INB_STAGE_KEY);
  const char *category = inb_row_get (row, INB_STAGE_CATEGORY);
  guint number = 0;

  while (number < G_N_ELEMENTS (categories) && g_strcmp0 (categories[number], category) != 0)
    number++;
  if (number == G_N_ELEMENTS (categories))
    return refuse (error, "stages[%u].category must be open, won or lost", index);
  if (key != NULL && (inb_stage_set_find (check->stages, key) == NULL || !g_hash_table_add (check->keys, g_strdup (key))))
    return refuse (error, "stages[%u].key: “%s” is twice in the list, or no stage of this workspace", index, key);

  return check_name (check, row, index, error)
         && check_texts (row, index, error)
         && check_number (row, index, INB_STAGE_PROBABILITY, 0, 100, error)
         && check_number (row, index, INB_STAGE_STALE_AFTER_DAYS, 1, INB_STAGE_EDIT_MAX_DAYS, error)
         && check_number (row, index, INB_STAGE_FOLLOW_UP_AFTER_DAYS, 1, INB_STAGE_EDIT_MAX_DAYS, error)
         && check_words (check, row, index, error)
         && check_role (check, row, (InbStageCategory) number, index, error);
}

static gboolean
check_list (Check   *check,
            GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      if (check->n_shown[i] == 0)
        return refuse (error, "stages: at least one stage that is not hidden must be %s", categories[i]);
    }
  if (check->n_default != 1)
    return refuse (error, "stages: exactly one must be the default, not %u", check->n_default);

  return TRUE;
}

static gboolean
check_archive (Check   *check,
               GError **error)
{
  GHashTableIter iter;
  gpointer key, replacement;

  g_hash_table_iter_init (&iter, check->edit->archive);
  while (g_hash_table_iter_next (&iter, &key, &replacement))
    {
      const InbRow *row = inb_stage_set_find (check->stages, key);

      if (row == NULL || inb_row_get (row, INB_STAGE_ARCHIVED_AT) != NULL)
        return refuse (error, "archive.%s is no stage in use", (char *) key);
      if (g_hash_table_contains (check->keys, key))
        return refuse (error, "archive.%s is in the list of stages as well: take it out of one of them", (char *) key);
      if (g_str_equal (key, INB_STAGE_DEFAULT_KEY))
        return refuse (error, "archive.%s: leads arrive in this stage and figures count it; give it another name instead", (char *) key);
      if (replacement != NULL && !g_hash_table_contains (check->keys, replacement))
        return refuse (error, "archive.%s: “%s” is no stage in the list that its leads could go to", (char *) key, (char *) replacement);
    }

  return TRUE;
}

/* A stage that nothing is said of would be lost by a mistake. */
static gboolean
check_complete (Check   *check,
                GError **error)
{
  for (guint i = 0; i < inb_stage_set_get_size (check->stages); i++)
    {
      const InbRow *row = inb_stage_set_get (check->stages, i);
      const char *key = inb_row_get (row, INB_STAGE_KEY);

      if (inb_row_get (row, INB_STAGE_ARCHIVED_AT) == NULL && !g_hash_table_contains (check->keys, key)
          && !g_hash_table_contains (check->edit->archive, key))
        return refuse (error, "stages: “%s” is missing; to take it out of use, name it in archive, with the stage that its leads go to", key);
    }

  return TRUE;
}

/**
 * inb_stage_edit_check:
 * @stages: as they are
 * @error: the first thing that is wrong
 *
 * Whether a stage that goes without a replacement has leads is not looked at.
 *
 * Returns: whether the list can be applied
 */
gboolean
inb_stage_edit_check (const InbStageEdit  *self,
                      InbStageSet         *stages,
                      GError             **error)
{
  g_auto (Check) check = { .edit = self, .stages = stages };

  g_return_val_if_fail (self != NULL && stages != NULL, FALSE);

  if (self->stages->len > INB_STAGE_EDIT_MAX)
    return refuse (error, "stages: at most %d can be in use", INB_STAGE_EDIT_MAX);

  check.keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  check.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  check.words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->stages->len; i++)
    {
      if (!check_stage (&check, g_ptr_array_index (self->stages, i), i, error))
        return FALSE;
    }

  return check_complete (&check, error) && check_archive (&check, error) && check_list (&check, error);
}
