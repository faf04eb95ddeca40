#define G_LOG_DOMAIN "inb-app"

#include "inb-salvage-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#define OPEN "open"

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             char             *folder)
{
  g_autofree char *uri = NULL;

  if (!g_str_equal (response, OPEN))
    return;

  uri = g_filename_to_uri (folder, NULL, NULL);
  if (uri != NULL)
    gtk_show_uri (gtk_window_get_transient_for (GTK_WINDOW (dialog)), uri, GDK_CURRENT_TIME);
}

static void
free_folder (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

/* (transfer full): for people. */
static char *
dup_short (const char *folder)
{
  const char *home = g_get_home_dir ();
  g_autofree char *name = g_filename_display_name (folder);

  if (g_str_has_prefix (name, home) && name[strlen (home)] == G_DIR_SEPARATOR)
    return g_strconcat ("~", name + strlen (home), NULL);

  return g_steal_pointer (&name);
}

/**
 * inb_salvage_dialog_show:
 */
void
inb_salvage_dialog_show (GtkWindow  *parent,
                         guint       n_saved,
                         const char *folder)
{
  g_autofree char *shown = dup_short (folder);
  g_autofree char *saved = n_saved == 0 ? g_strdup (_("None of them could be read."))
                           : g_strdup_printf (ngettext ("%u of them could be read and will be sent.", "%u of them could be read and will be sent.",
                                                        n_saved), n_saved);
  g_autofree char *text = g_strdup_printf (_("Changes that the service had not got yet were in a file that is damaged. %s Look through "
                                             "what you did last: what is missing has to be done again.\n\nThe damaged file is kept in %s"),
                                           saved, shown);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _("Some Changes May Be Lost"), text));

  adw_message_dialog_add_responses (dialog, OPEN, _("_Open Folder"), "close", _("_Close"), NULL);
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), g_strdup (folder), free_folder, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
