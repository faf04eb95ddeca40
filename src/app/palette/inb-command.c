#define G_LOG_DOMAIN "inb-app"

#include "inb-command.h"

#include "inb-fold.h"
#include "inb-fuzzy.h"

#include <glib/gi18n.h>

/* More than any title's score differs from the next better kind of fit. */
#define RECENT_SCORE 60

static const InbCommand commands[] = {
  { "win.show-view::leads", N_("Show the leads"), "<Control>1", -1 },
  { "win.show-view::heat-map", N_("Show the heat map"), "<Control>2", -1 },
  { "win.show-view::trends", N_("Show the trends"), "<Control>3", -1 },
  { "win.search", N_("Search the leads"), "<Control>f", -1 },
  { "win.clear-filter", N_("Clear all filters"), NULL, -1 },
  { "win.new-lead", N_("New lead"), "<Control>n", INB_RIGHT_EDIT },
  { "win.edit-stage", N_("Change the stage"), "e", INB_RIGHT_EDIT },
  { "win.edit-owner", N_("Assign to a member or a team"), "a", INB_RIGHT_EDIT },
  { "win.table::edit-temperature", N_("Change the temperature"), NULL, INB_RIGHT_EDIT },
  { "win.table::edit-tag", N_("Add or remove a tag"), NULL, INB_RIGHT_EDIT },
  { "win.table::edit-follow-up", N_("Set a follow-up"), NULL, INB_RIGHT_EDIT },
  { "win.write-note", N_("Write a note"), "n", INB_RIGHT_EDIT },
  { "win.table::delete", N_("Delete the lead"), "Delete", INB_RIGHT_EDIT },
  { "win.undo", N_("Undo the last change"), "<Control>z", INB_RIGHT_EDIT },
  { "win.table::select-all", N_("Select all leads"), "<Control>a", -1 },
  { "win.table::clear-selection", N_("Clear the selection"), NULL, -1 },
  { "win.table::copy-rows", N_("Copy the rows"), "<Control>c", -1 },
  { "win.copy-phone", N_("Copy the phone number"), "c", -1 },
  { "win.table::export-view", N_("Export all leads"), NULL, INB_RIGHT_EXPORT },
  { "win.table::export-selection", N_("Export the selection"), NULL, INB_RIGHT_EXPORT },
  { "win.table::show-newest", N_("Go to the newest leads"), NULL, -1 },
  { "win.table::reset-columns", N_("Reset the columns"), NULL, -1 },
  { "win.edit-stages", N_("Edit the pipeline's stages"), NULL, INB_RIGHT_STAGES },
  { "win.show-problems", N_("Changes to settle"), NULL, -1 },
  { "win.compact-rows", N_("Compact rows"), NULL, -1 },
  { "win.close-detail", N_("Back to the table"), "Escape", -1 },
  { "win.retry", N_("Connect again"), "F5", -1 },
  { "app.connect", N_("Connect to another workspace"), NULL, -1 },
  { "app.preferences", N_("Preferences"), "<Control>comma", -1 },
  { "win.show-help-overlay", N_("Keyboard shortcuts"), "<Control>question", -1 },
  { "app.about", N_("About Inbound Leads"), NULL, -1 },
  { "app.quit", N_("Quit"), "<Control>q", -1 },
};

typedef struct {
  const InbCommand *command;
  int               score;
  guint             number;
} Found;

const InbCommand *
inb_command_list (guint *n_commands)
{
  g_return_val_if_fail (n_commands != NULL, NULL);

  *n_commands = G_N_ELEMENTS (commands);

  return commands;
}

/**
 * inb_command_get:
 * @action: detailed name
 *
 * Returns: (transfer none) (nullable): what is known of it
 */
const InbCommand *
inb_command_get (const char *action)
{
  g_return_val_if_fail (action != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].action, action))
      return &commands[i];

  return NULL;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Found *one = a;
  const Found *other = b;

  return one->score != other->score ? other->score - one->score : (int) one->number - (int) other->number;
}

/* The more recent, the more. */
static int
rate_recent (const char         *action,
             const char * const *recent)
{
  for (int i = 0; recent != NULL && recent[i] != NULL; i++)
    if (g_str_equal (recent[i], action))
      return RECENT_SCORE - i;

  return 0;
}

/**
 * inb_command_find:
 * @wanted: (nullable): what was typed
 * @recent: (nullable) (array zero-terminated=1): actions that were used, the newest first
 *
 * Returns: (transfer full) (element-type InbCommand): those that fit
 */
GPtrArray *
inb_command_find (const char         *wanted,
                  const char * const *recent)
{
  g_autofree char *folded = wanted != NULL ? inb_fold_text (wanted) : NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  GPtrArray *ordered = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *title = inb_fold_text (_(commands[i].title));
      Found one = { &commands[i], inb_fuzzy_score (folded != NULL ? folded : "", title != NULL ? title : ""), i };

      if (one.score < 0)
        continue;
      one.score += rate_recent (commands[i].action, recent);
      g_array_append_val (found, one);
    }
  g_array_sort (found, compare);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (ordered, (gpointer) g_array_index (found, Found, i).command);

  return ordered;
}

/**
 * inb_command_note:
 * @recent: (array zero-terminated=1): the newest first
 *
 * Returns: (transfer full): what @recent is once @action was used
 */
GStrv
inb_command_note (const char * const *recent,
                  const char         *action)
{
  g_autoptr (GStrvBuilder) noted = g_strv_builder_new ();
  guint n_noted = 1;

  g_return_val_if_fail (recent != NULL && action != NULL, NULL);

  g_strv_builder_add (noted, action);
  for (guint i = 0; recent[i] != NULL && n_noted < INB_MAX_RECENT_COMMANDS; i++)
    {
      if (g_str_equal (recent[i], action))
        continue;
      g_strv_builder_add (noted, recent[i]);
      n_noted++;
    }

  return g_strv_builder_end (noted);
}
