#define G_LOG_DOMAIN "inb-app"

#include "inb-command.h"

#include "inb-fold.h"
#include "inb-fuzzy.h"

#include <glib/gi18n.h>
#include <string.h>

/* More than any title's score differs from the next better kind of fit. */
#define RECENT_SCORE 60

#define NO_WORKSPACE N_("No workspace is shown")
#define NO_LEAD N_("No lead is chosen")
#define NO_SELECTION N_("Nothing is selected")
#define NOT_OPEN N_("No lead is open")
#define NO_HEAT_MAP N_("The heat map is not shown")
#define NO_VIEW N_("No saved view of yours is shown")

static const InbCommand commands[] = {
  { "win.show-view::leads", N_("Show the leads"), "<Control>1", -1 },
  { "win.show-view::heat-map", N_("Show the heat map"), "<Control>2", -1 },
  { "win.show-view::trends", N_("Show the trends"), "<Control>3", -1 },
  { "win.search", N_("Search the leads"), "<Control>f", -1, NO_WORKSPACE },
  { "win.clear-filter", N_("Clear all filters"), NULL, -1, N_("Nothing is filtered") },
  { "win.new-lead", N_("New lead"), "<Control>n", INB_RIGHT_EDIT, NO_WORKSPACE },
  { "table.open", N_("Open the lead"), "Return", -1, NO_LEAD },
  { "win.edit-stage", N_("Change the stage"), "e", INB_RIGHT_EDIT, NO_LEAD, INB_COMMAND_ABOUT_LEADS },
  { "win.edit-owner", N_("Assign to a member or a team"), "a", INB_RIGHT_EDIT, NO_LEAD, INB_COMMAND_ABOUT_LEADS },
  { "table.edit::temperature", N_("Change the temperature"), NULL, INB_RIGHT_EDIT, NO_LEAD },
  { "table.edit::tag", N_("Add or remove a tag"), NULL, INB_RIGHT_EDIT, NO_LEAD },
  { "table.edit::follow-up", N_("Set a follow-up"), NULL, INB_RIGHT_EDIT, NO_LEAD },
  { "win.write-note", N_("Write a note"), "n", INB_RIGHT_EDIT, NO_LEAD, INB_COMMAND_ABOUT_LEAD },
  { "table.delete", N_("Delete the lead"), "Delete", INB_RIGHT_EDIT, NO_LEAD },
  { "win.undo", N_("Undo the last change"), "<Control>z", INB_RIGHT_EDIT, N_("There is nothing to undo") },
  { "table.select-all", N_("Select all leads"), "<Control>a", -1, NO_WORKSPACE },
  { "table.clear-selection", N_("Clear the selection"), NULL, -1, NO_SELECTION },
  { "table.copy-rows", N_("Copy the rows"), "<Control>c", -1, NO_LEAD },
  { "table.copy-row", N_("Copy the current row"), NULL, -1, NO_LEAD },
  { "win.copy-phone", N_("Copy the phone number"), "c", -1, NO_LEAD, INB_COMMAND_ABOUT_LEAD },
  { "table.copy::name", N_("Copy the name"), NULL, -1, NO_LEAD },
  { "table.copy::mail", N_("Copy the mail address"), NULL, -1, NO_LEAD },
  { "table.filter::source", N_("Filter by the lead's source"), NULL, -1, NO_LEAD },
  { "table.filter::product", N_("Filter by the lead's product"), NULL, -1, NO_LEAD },
  { "table.filter::stage", N_("Filter by the lead's stage"), NULL, -1, NO_LEAD },
  { "table.export-view", N_("Export all leads"), NULL, INB_RIGHT_EXPORT, N_("There are no leads") },
  { "table.export-selection", N_("Export the selection"), NULL, INB_RIGHT_EXPORT, NO_SELECTION },
  { "win.import", N_("Import a CSV file"), "<Control>i", INB_RIGHT_IMPORT, NO_WORKSPACE },
  { "table.show-newest", N_("Go to the newest leads"), NULL, -1, NO_WORKSPACE },
  { "table.reset-columns", N_("Reset the columns"), NULL, -1, NO_WORKSPACE },
  { "win.compact-rows", N_("Compact rows"), NULL, -1 },
  { "views.apply::", N_("Show all leads, without a saved view"), NULL, -1, NO_WORKSPACE },
  { "views.save-as", N_("Save the view"), NULL, INB_RIGHT_EDIT, NO_WORKSPACE },
  { "views.update", N_("Save the changes of the view"), NULL, INB_RIGHT_EDIT, N_("No view of yours was changed") },
  { "views.edit", N_("Rename or share the view"), NULL, INB_RIGHT_EDIT, NO_VIEW },
  { "views.delete", N_("Delete the view"), NULL, INB_RIGHT_EDIT, NO_VIEW },
  { "detail.create-lead", N_("New lead for the same contact"), NULL, INB_RIGHT_EDIT, NOT_OPEN },
  { "detail.show-empty", N_("Show empty fields"), NULL, -1, NOT_OPEN },
  { "detail.delete-lead", N_("Delete the lead that is open"), NULL, INB_RIGHT_EDIT, NOT_OPEN },
  { "detail.delete-contact", N_("Delete the contact that is open, with all its leads"), NULL, INB_RIGHT_EDIT, NOT_OPEN },
  { "win.close-detail", N_("Back to the table"), "Escape", -1, NOT_OPEN },
  { "win.duplicates", N_("Possible duplicates"), "<Control>d", -1, NO_WORKSPACE },
  { "win.show-problems", N_("Changes to settle"), NULL, -1, N_("There is nothing to settle") },
  { "heat-map.copy-table", N_("Copy the heat map as a table"), NULL, -1, NO_HEAT_MAP },
  { "heat-map.copy-picture", N_("Copy the heat map as a picture"), NULL, -1, NO_HEAT_MAP },
  { "heat-map.export::csv", N_("Export the heat map as CSV"), NULL, -1, NO_HEAT_MAP },
  { "heat-map.export::png", N_("Export the heat map as PNG"), NULL, -1, NO_HEAT_MAP },
  { "heat-map.export::svg", N_("Export the heat map as SVG"), NULL, -1, NO_HEAT_MAP },
  { "win.edit-stages", N_("Edit the pipeline's stages"), NULL, INB_RIGHT_STAGES, NO_WORKSPACE },
  { "win.team", N_("Team and members"), NULL, INB_RIGHT_USERS, N_("Only while connected") },
  { "win.retry", N_("Connect again"), "F5", -1 },
  { "app.connect", N_("Connect to another workspace"), NULL, -1 },
  { "app.remove-workspace", N_("Remove the workspace from this computer"), NULL, -1, NO_WORKSPACE },
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
 * inb_command_is_named:
 * @wanted: what was typed
 *
 * Returns: whether it can only be meant: what cannot be done now need not be offered for letters that it has by chance
 */
gboolean
inb_command_is_named (const InbCommand *command,
                      const char       *wanted)
{
  g_autofree char *folded = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (command != NULL && wanted != NULL, FALSE);

  folded = inb_fold_text (wanted);
  title = inb_fold_text (_(command->title));

  return folded == NULL || (title != NULL && strstr (title, folded) != NULL);
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
