#define G_LOG_DOMAIN "inb-app"

#include "inb-preferences.h"

#include "inb-notifications-page.h"
#include "inb-replica-folders.h"

#include <glib/gi18n.h>

struct _InbPreferences {
  AdwPreferencesWindow  parent_instance;

  /* Template */
  AdwComboRow          *scheme;
  GtkSwitch            *compact;
  AdwPreferencesGroup  *copy_group;
  AdwActionRow         *copy_size;
  AdwPreferencesGroup  *connection_group;
  AdwActionRow         *connection_server;
  AdwActionRow         *connection_workspace;

  /* Owned */
  GSettings            *settings;
  InbWorkspaces        *workspaces;
  GCancellable         *cancellable;
};

G_DEFINE_FINAL_TYPE (InbPreferences, inb_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* --- look --------------------------------------------------------------------------------------------------------------- */

static gboolean
get_scheme (GValue   *value,
            GVariant *variant,
            gpointer  user_data)
{
  const char *name = g_variant_get_string (variant, NULL);

  g_value_set_uint (value, g_str_equal (name, "light") ? 1 : g_str_equal (name, "dark") ? 2 : 0);

  return TRUE;
}

static GVariant *
set_scheme (const GValue       *value,
            const GVariantType *type,
            gpointer            user_data)
{
  static const char *const names[] = { "system", "light", "dark" };

  return g_variant_new_string (names[MIN (g_value_get_uint (value), 2)]);
}

static void
apply_scheme (GSettings *settings)
{
  g_autofree char *name = g_settings_get_string (settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (name, "light") ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                      : g_str_equal (name, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_DEFAULT);
}

/* --- what is kept here -------------------------------------------------------------------------------------------------- */

static void
on_measured (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gint64 size = inb_replica_folders_measure_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = size >= 0 ? g_format_size ((guint64) size) : g_strdup (error->message);
  adw_action_row_set_subtitle (INB_PREFERENCES (user_data)->copy_size, text);
}

static void
show_session (InbPreferences *self)
{
  InbSession *session = inb_workspaces_get_session (self->workspaces);
  const InbSyncAccount *account = session != NULL ? inb_session_get_account (session) : NULL;
  const char *name = session != NULL ? inb_session_get_name (session) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->copy_group), session != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->connection_group), session != NULL);
  if (session == NULL)
    return;

  adw_action_row_set_subtitle (self->connection_server, account->server != NULL ? account->server : _("This computer"));
  adw_action_row_set_subtitle (self->connection_workspace, name != NULL ? name : account->workspace_id);
  inb_replica_folders_measure_async (inb_session_get_folder (session), self->cancellable, on_measured, self);
}

static void
on_rebuild (AdwMessageDialog *dialog,
            const char       *response,
            InbPreferences   *self)
{
  if (g_str_equal (response, "rebuild"))
    inb_workspaces_rebuild_current (self->workspaces);
}

static void
rebuild (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  InbPreferences *self = INB_PREFERENCES (widget);
  AdwMessageDialog *dialog;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _("Fetch All Leads Again?"),
                                                       _("The copy on this computer is deleted and made anew from the service. "
                                                         "That takes a connection.")));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "rebuild", _("_Rebuild"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "rebuild", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_rebuild), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_preferences_dispose (GObject *object)
{
  InbPreferences *self = INB_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->workspaces);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (inb_preferences_parent_class)->dispose (object);
}

static void
inb_preferences_finalize (GObject *object)
{
  g_clear_object (&INB_PREFERENCES (object)->cancellable);

  G_OBJECT_CLASS (inb_preferences_parent_class)->finalize (object);
}

static void
inb_preferences_class_init (InbPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_preferences_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_preferences_finalize;

  gtk_widget_class_install_action (widget_class, "preferences.rebuild", NULL, rebuild);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, InbPreferences, scheme);
  gtk_widget_class_bind_template_child (widget_class, InbPreferences, compact);
  gtk_widget_class_bind_template_child (widget_class, InbPreferences, copy_group);
  gtk_widget_class_bind_template_child (widget_class, InbPreferences, copy_size);
  gtk_widget_class_bind_template_child (widget_class, InbPreferences, connection_group);
  gtk_widget_class_bind_template_child (widget_class, InbPreferences, connection_server);
  gtk_widget_class_bind_template_child (widget_class, InbPreferences, connection_workspace);
}

static void
inb_preferences_init (InbPreferences *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_preferences_new:
 *
 * Returns: (transfer none): a window that GTK owns
 */
InbPreferences *
inb_preferences_new (GtkWindow     *parent,
                     GSettings     *settings,
                     InbWorkspaces *workspaces)
{
  InbPreferences *self = g_object_new (INB_TYPE_PREFERENCES,
                                       "application", gtk_window_get_application (parent),
                                       "transient-for", parent,
                                       "modal", TRUE,
                                       NULL);

  self->settings = g_object_ref (settings);
  self->workspaces = g_object_ref (workspaces);
  g_settings_bind (settings, "compact-rows", self->compact, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "color-scheme", self->scheme, "selected", G_SETTINGS_BIND_DEFAULT, get_scheme,
                                set_scheme, NULL, NULL);
  g_signal_connect_object (workspaces, "session-changed", G_CALLBACK (show_session), self, G_CONNECT_SWAPPED);
  show_session (self);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self),
                              ADW_PREFERENCES_PAGE (inb_notifications_page_new (settings, inb_workspaces_get_session (workspaces))));

  return self;
}

void
inb_preferences_apply_scheme (GSettings *settings)
{
  g_signal_connect (settings, "changed::color-scheme", G_CALLBACK (apply_scheme), NULL);
  apply_scheme (settings);
}
