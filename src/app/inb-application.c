#define G_LOG_DOMAIN "inb-app"

#include "inb-application.h"

#include "inb-about.h"
#include "inb-app-resources.h"
#include "inb-background.h"
#include "inb-config.h"
#include "inb-lead-announcer.h"
#include "inb-preferences.h"
#include "inb-window.h"
#include "inb-workspace-removal.h"

#include <glib/gi18n.h>


struct _InbApplication {
  AdwApplication    parent_instance;

  /* Owned */
  GSettings        *settings;
  InbWorkspaces    *workspaces;     /* NULL before the command line is read */
  InbSession       *session;        /* of those, the one that is shown */
  InbConnectLink   *link;           /* to be asked about as soon as there is a window */
  InbLeadAnnouncer *announcer;
  InbBackground    *background;
  char             *data_folder;

  /* Borrowed */
  InbWindow        *window;
};

static const GOptionEntry options[] = {
  { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Address of the service"), N_("URL") },
  { "workspace", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Workspace to show"), N_("ID") },
  { "token-file", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("File with the access token in its first line"), N_("FILE") },
  { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Folder for the working copies"), N_("FOLDER") },
  { "background", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Start without a window"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, N_("[LINK]") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version and exit"), NULL },
  { NULL }
};

G_DEFINE_FINAL_TYPE (InbApplication, inb_application, ADW_TYPE_APPLICATION)

/* --- session ------------------------------------------------------------------------------------------------------------ */

static void
update_actions (InbApplication *self)
{
  const InbConnection *current = inb_workspaces_get_current (self->workspaces);
  g_autofree char *key = current != NULL ? inb_connection_get_key (current) : g_strdup ("");
  GAction *open = g_action_map_lookup_action (G_ACTION_MAP (self), "open-workspace");
  GAction *remove = g_action_map_lookup_action (G_ACTION_MAP (self), "remove-workspace");

  g_simple_action_set_state (G_SIMPLE_ACTION (open), g_variant_new_string (key));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (remove), self->session != NULL);
}

static void
on_session_changed (InbApplication *self)
{
  g_set_object (&self->session, inb_workspaces_get_session (self->workspaces));
  inb_lead_announcer_set_session (self->announcer, self->session);
  if (self->window != NULL)
    inb_window_set_session (self->window, self->session);
  update_actions (self);
}

static void
ensure_workspaces (InbApplication *self)
{
  g_autoptr (InbConnections) connections = NULL;

  if (self->workspaces != NULL)
    return;

  connections = inb_connections_new (NULL);
  self->workspaces = inb_workspaces_new (connections, self->data_folder);
  g_signal_connect_object (self->workspaces, "session-changed", G_CALLBACK (on_session_changed), self, G_CONNECT_SWAPPED);
}

static void
take_link (InbApplication *self,
           const char     *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbConnectLink) link = inb_connect_link_parse (text, &error);

  if (link == NULL)
    {
      g_message ("%s", error->message);
      return;
    }

  g_clear_pointer (&self->link, inb_connect_link_free);
  self->link = g_steal_pointer (&link);
}

static void
open_last (InbApplication *self)
{
  ensure_workspaces (self);
  inb_workspaces_open_last (self->workspaces);
  update_actions (self);
}

/* --- actions ------------------------------------------------------------------------------------------------------------ */

static void
open_workspace (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  InbApplication *self = user_data;
  g_autoptr (GPtrArray) list = inb_workspaces_list (self->workspaces);

  for (guint i = 0; i < list->len; i++)
    {
      const InbConnection *connection = g_ptr_array_index (list, i);
      g_autofree char *key = inb_connection_get_key (connection);

      if (g_str_equal (key, g_variant_get_string (parameter, NULL)))
        {
          inb_workspaces_open (self->workspaces, connection);
          return;
        }
    }
}

static void
connect_to (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  inb_window_connect (INB_APPLICATION (user_data)->window, NULL);
}

static void
sign_in (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  InbApplication *self = user_data;
  const InbConnection *current = inb_workspaces_get_current (self->workspaces);

  if (current != NULL && current->server != NULL)
    inb_window_sign_in (self->window, current);
  else
    inb_window_connect (self->window, NULL);
}

static void
remove_workspace (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  InbApplication *self = user_data;

  inb_workspace_removal_ask (gtk_application_get_active_window (GTK_APPLICATION (self)), self->workspaces);
}

static void
preferences (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  InbApplication *self = user_data;
  InbPreferences *window = inb_preferences_new (GTK_WINDOW (self->window), self->settings, self->workspaces);

  gtk_window_present (GTK_WINDOW (window));
}

static void
about (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       user_data)
{
  InbApplication *self = user_data;

  inb_about_show (GTK_WINDOW (self->window), self->session);
}

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  InbApplication *self = user_data;

  /* Closing the window keeps its size. */
  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  g_application_quit (G_APPLICATION (self));
}

static const GActionEntry actions[] = {
  { "open-workspace", open_workspace, "s", "''" },
  { "connect", connect_to },
  { "sign-in", sign_in },
  { "remove-workspace", remove_workspace },
  { "preferences", preferences },
  { "about", about },
  { "quit", quit },
};

static void
set_accels (GtkApplication *application)
{
  gtk_application_set_accels_for_action (application, "app.quit", (const char *[]) { "<Control>q", NULL });
  gtk_application_set_accels_for_action (application, "window.close", (const char *[]) { "<Control>w", NULL });
  gtk_application_set_accels_for_action (application, "win.show-view::leads", (const char *[]) { "<Control>1", NULL });
  gtk_application_set_accels_for_action (application, "win.show-view::heat-map", (const char *[]) { "<Control>2", NULL });
  gtk_application_set_accels_for_action (application, "win.show-view::trends", (const char *[]) { "<Control>3", NULL });
  gtk_application_set_accels_for_action (application, "win.search", (const char *[]) { "<Control>f", NULL });
  gtk_application_set_accels_for_action (application, "win.duplicates", (const char *[]) { "<Control>d", NULL });
  gtk_application_set_accels_for_action (application, "win.new-lead", (const char *[]) { "<Control>n", NULL });
  gtk_application_set_accels_for_action (application, "win.palette", (const char *[]) { "<Control>k", NULL });
  gtk_application_set_accels_for_action (application, "win.import", (const char *[]) { "<Control>i", NULL });
  gtk_application_set_accels_for_action (application, "win.retry", (const char *[]) { "F5", NULL });
  gtk_application_set_accels_for_action (application, "app.preferences", (const char *[]) { "<Control>comma", NULL });
  gtk_application_set_accels_for_action (application, "win.show-help-overlay", (const char *[]) { "<Control>question", NULL });
}

/* --- GApplication ------------------------------------------------------------------------------------------------------- */

static void
inb_application_startup (GApplication *application)
{
  InbApplication *self = INB_APPLICATION (application);

  G_APPLICATION_CLASS (inb_application_parent_class)->startup (application);

  self->settings = g_settings_new (INB_APP_ID);
  inb_preferences_apply_scheme (self->settings);
  self->announcer = inb_lead_announcer_new (application, self->settings);
  g_signal_connect_object (self->announcer, "window-wanted", G_CALLBACK (g_application_activate), self, G_CONNECT_SWAPPED);
  self->background = inb_background_new (application, self->settings);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_accels (GTK_APPLICATION (self));
  gtk_window_set_default_icon_name (INB_APP_ID);
  /* Started by the bus, for an action or for the background: there may never be an activation. */
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) != 0)
    open_last (self);
}

static void
inb_application_activate (GApplication *application)
{
  InbApplication *self = INB_APPLICATION (application);

  ensure_workspaces (self);
  if (self->window == NULL)
    {
      g_set_weak_pointer (&self->window, inb_window_new (GTK_APPLICATION (self), self->settings));
      inb_lead_announcer_set_window (self->announcer, self->window);
      inb_background_leave (self->background);
      inb_window_set_workspaces (self->window, self->workspaces);
      inb_window_set_session (self->window, self->session);
    }
  open_last (self);
  if (self->link != NULL)
    {
      inb_window_connect (self->window, self->link);
      g_clear_pointer (&self->link, inb_connect_link_free);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

static int
inb_application_command_line (GApplication            *application,
                              GApplicationCommandLine *command_line)
{
  InbApplication *self = INB_APPLICATION (application);
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  g_autoptr (GFile) token_file = NULL;
  g_autoptr (GFile) data_folder = NULL;
  g_autoptr (InbSyncAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  const char *server = NULL;
  const char *workspace = NULL;
  const char *token_path = NULL;
  const char *data_path = NULL;
  g_autofree const char **links = NULL;

  g_variant_dict_lookup (dict, "server", "&s", &server);
  g_variant_dict_lookup (dict, "workspace", "&s", &workspace);
  g_variant_dict_lookup (dict, "token-file", "^&ay", &token_path);
  g_variant_dict_lookup (dict, "data-dir", "^&ay", &data_path);
  g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&s", &links);

  if (data_path != NULL)
    {
      data_folder = g_application_command_line_create_file_for_arg (command_line, data_path);
      g_free (self->data_folder);
      self->data_folder = g_file_get_path (data_folder);
    }
  if (server != NULL || workspace != NULL || token_path != NULL)
    {
      if (server == NULL || workspace == NULL || token_path == NULL)
        {
          g_application_command_line_printerr (command_line, "%s\n", _("--server, --workspace and --token-file go together"));
          return 2;
        }
      token_file = g_application_command_line_create_file_for_arg (command_line, token_path);
      account = inb_sync_account_new (server, workspace, g_file_peek_path (token_file), &error);
      if (account == NULL)
        {
          g_application_command_line_printerr (command_line, "%s\n", error->message);
          return 1;
        }
      ensure_workspaces (self);
      inb_workspaces_open_account (self->workspaces, account);
    }
  if (links != NULL && links[0] != NULL)
    take_link (self, links[0]);

  if (!g_variant_dict_contains (dict, "background"))
    {
      g_application_activate (application);
    }
  else if (self->window == NULL)
    {
      inb_background_enter (self->background);
      open_last (self);
    }

  return 0;
}

/* From the desktop, over D-Bus: a link that was clicked. */
static void
inb_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  g_autofree char *uri = n_files > 0 ? g_file_get_uri (files[0]) : NULL;

  if (uri != NULL)
    take_link (INB_APPLICATION (application), uri);
  g_application_activate (application);
}

static int
inb_application_handle_local_options (GApplication *application,
                                      GVariantDict *dict)
{
  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("inbound-leads %s\n", INB_VERSION);
      return 0;
    }

  return G_APPLICATION_CLASS (inb_application_parent_class)->handle_local_options (application, dict);
}

static void
inb_application_shutdown (GApplication *application)
{
  InbApplication *self = INB_APPLICATION (application);

  if (self->workspaces != NULL)
    inb_workspaces_stop (self->workspaces);
  g_clear_object (&self->announcer);
  g_clear_object (&self->background);
  g_clear_object (&self->session);
  g_clear_object (&self->workspaces);
  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (inb_application_parent_class)->shutdown (application);
}

static void
inb_application_finalize (GObject *object)
{
  InbApplication *self = INB_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->data_folder, g_free);
  g_clear_pointer (&self->link, inb_connect_link_free);

  G_OBJECT_CLASS (inb_application_parent_class)->finalize (object);
}

static void
inb_application_class_init (InbApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_application_finalize;
  application_class->startup = inb_application_startup;
  application_class->activate = inb_application_activate;
  application_class->open = inb_application_open;
  application_class->command_line = inb_application_command_line;
  application_class->handle_local_options = inb_application_handle_local_options;
  application_class->shutdown = inb_application_shutdown;
}

static void
inb_application_init (InbApplication *self)
{
  /* The resources are in a static library: named here, so that they are linked in. */
  g_resources_register (inb_app_get_resource ());
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

InbApplication *
inb_application_new (void)
{
  return g_object_new (INB_TYPE_APPLICATION,
                       "application-id", INB_APP_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/org/example/InboundLeads",
                       NULL);
}
