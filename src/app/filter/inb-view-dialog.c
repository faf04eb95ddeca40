#define G_LOG_DOMAIN "inb-app"

#include "inb-view-dialog.h"

#include <glib/gi18n.h>

/* What a row's field can hold. */
#define MAX_NAME 200

typedef struct {
  /* Owned */
  InbViewDialogFunc  func;
  gpointer           user_data;
  GDestroyNotify     destroy;

  /* Borrowed: children */
  AdwMessageDialog  *dialog;
  GtkEditable       *name;
  GtkSwitch         *shared;
} Asking;

static void
asking_free (gpointer  data,
             GClosure *closure)
{
  Asking *asking = data;

  if (asking->destroy != NULL)
    asking->destroy (asking->user_data);
  g_free (asking);
}

/* (transfer full): trimmed; "" is no name. */
static char *
dup_name (Asking *asking)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (asking->name)));
}

static void
on_typed (Asking *asking)
{
  g_autofree char *name = dup_name (asking);

  adw_message_dialog_set_response_enabled (asking->dialog, "save", *name != '\0' && g_utf8_strlen (name, -1) <= MAX_NAME);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Asking *asking = user_data;
  g_autofree char *name = dup_name (asking);

  if (g_str_equal (response, "save"))
    asking->func (name, gtk_switch_get_active (asking->shared), asking->user_data);
}

static GtkWidget *
make_form (Asking     *asking,
           const char *name,
           gboolean    is_shared,
           const char *reason)
{
  GtkWidget *form = adw_preferences_group_new ();
  GtkWidget *entry = adw_entry_row_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("Name"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), name != NULL ? name : "");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("For all members"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reason != NULL ? reason : _("Everybody in this workspace sees it"));
  gtk_switch_set_active (GTK_SWITCH (toggle), is_shared);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (toggle, reason == NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, _("For all members"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (form), entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (form), row);
  asking->name = GTK_EDITABLE (entry);
  asking->shared = GTK_SWITCH (toggle);

  return form;
}

void
inb_view_dialog_present (GtkWindow         *parent,
                         const char        *heading,
                         const char        *name,
                         gboolean           is_shared,
                         const char        *reason,
                         InbViewDialogFunc  func,
                         gpointer           user_data,
                         GDestroyNotify     destroy)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading,
                                                                         _("Keeps filter, columns and sorting. Days such as "
                                                                           "“today” stay relative.")));
  Asking *asking = g_new0 (Asking, 1);

  asking->dialog = dialog;
  asking->func = func;
  asking->user_data = user_data;
  asking->destroy = destroy;
  adw_message_dialog_set_extra_child (dialog, make_form (asking, name, is_shared, reason));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_swapped (asking->name, "changed", G_CALLBACK (on_typed), asking);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), asking, asking_free, 0);
  on_typed (asking);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (asking->name));
}
