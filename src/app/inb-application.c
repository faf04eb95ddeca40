#define G_LOG_DOMAIN "inb-app"

#include "inb-application.h"

#include "inb-app-resources.h"
#include "inb-background.h"
#include "inb-config.h"
#include "inb-lead-announcer.h"
#include "inb-window.h"

#include <glib/gi18n.h>

/* How often it looks for a service on this computer while there is none: one small file. */
#define LOOK_SECONDS 2

struct _InbApplication {
  AdwApplication    parent_instance;

  /* Owned */
  GSettings        *settings;
  InbSession       *session;
  InbLeadAnnouncer *announcer;
  InbBackground    *background;
  char             *data_folder;

  /* Borrowed */
  InbWindow        *window;

  guint             look;
};

static const GOptionEntry options[] = {
  { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Address of the service"), N_("URL") },
  { "workspace", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Workspace to show"), N_("ID") },
  { "token-file", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("File with the access token in its first line"), N_("FILE") },
  { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Folder for the working copies"), N_("FOLDER") },
  { "background", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Start without a window"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version and exit"), NULL },
  { NULL }
};

G_DEFINE_FINAL_TYPE (InbApplication, inb_application, ADW_TYPE_APPLICATION)

/* --- session ------------------------------------------------------------------------------------------------------------ */

static void
set_session (InbApplication *self,
             InbSyncAccount *account)
{
  if (self->window != NULL)
    inb_window_set_session (self->window, NULL);
  if (self->session != NULL)
    {
      inb_lead_announcer_set_session (self->announcer, NULL);
      inb_session_stop (self->session);
      g_clear_object (&self->session);
    }

  self->session = inb_session_new (account, self->data_folder);
  inb_lead_announcer_set_session (self->announcer, self->session);
  if (self->window != NULL)
    inb_window_set_session (self->window, self->session);
  inb_session_start (self->session);
}

/* Connects by itself to the service on this computer; as long as there is none it looks again now and then. */
static gboolean
connect_local (InbApplication *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbSyncAccount) account = NULL;

  if (self->session != NULL)
    return TRUE;

  account = inb_sync_account_new_local (&error);
  if (account == NULL)
    {
      g_debug ("no service on this computer: %s", error->message);
      return FALSE;
    }

  set_session (self, account);

  return TRUE;
}

static gboolean
on_look (gpointer user_data)
{
  InbApplication *self = user_data;

  if (!connect_local (self))
    return G_SOURCE_CONTINUE;

  self->look = 0;

  return G_SOURCE_REMOVE;
}

static void
connect_or_look (InbApplication *self)
{
  if (!connect_local (self) && self->look == 0)
    self->look = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
}

/* --- actions ------------------------------------------------------------------------------------------------------------ */

static void
connect_local_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  connect_local (user_data);
}

static void
about (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       user_data)
{
  InbApplication *self = user_data;

  adw_show_about_window (GTK_WINDOW (self->window),
                         "application-name", _("Inbound Leads"),
                         "application-icon", INB_APP_ID,
                         "version", INB_VERSION,
                         "developer-name", _("The Inbound Leads developers"),
                         "license-type", GTK_LICENSE_MIT_X11,
                         "comments", _("The queue of leads that come in by webhooks"),
                         NULL);
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
  { "connect-local", connect_local_action },
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
  gtk_application_set_accels_for_action (application, "win.retry", (const char *[]) { "F5", NULL });
  gtk_application_set_accels_for_action (application, "win.show-help-overlay", (const char *[]) { "<Control>question", NULL });
}

/* --- GApplication ------------------------------------------------------------------------------------------------------- */

static void
inb_application_startup (GApplication *application)
{
  InbApplication *self = INB_APPLICATION (application);

  G_APPLICATION_CLASS (inb_application_parent_class)->startup (application);

  self->settings = g_settings_new (INB_APP_ID);
  self->announcer = inb_lead_announcer_new (application, self->settings);
  g_signal_connect_object (self->announcer, "window-wanted", G_CALLBACK (g_application_activate), self, G_CONNECT_SWAPPED);
  self->background = inb_background_new (application, self->settings);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_accels (GTK_APPLICATION (self));
  gtk_window_set_default_icon_name (INB_APP_ID);
  /* Started by the bus, for an action or for the background: there may never be an activation. */
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) != 0)
    connect_or_look (self);
}

static void
inb_application_activate (GApplication *application)
{
  InbApplication *self = INB_APPLICATION (application);

  if (self->window == NULL)
    {
      g_set_weak_pointer (&self->window, inb_window_new (GTK_APPLICATION (self), self->settings));
      inb_lead_announcer_set_window (self->announcer, self->window);
      inb_background_leave (self->background);
      if (self->session != NULL)
        inb_window_set_session (self->window, self->session);
    }
  connect_or_look (self);
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

  g_variant_dict_lookup (dict, "server", "&s", &server);
  g_variant_dict_lookup (dict, "workspace", "&s", &workspace);
  g_variant_dict_lookup (dict, "token-file", "^&ay", &token_path);
  g_variant_dict_lookup (dict, "data-dir", "^&ay", &data_path);

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
      set_session (self, account);
    }

  if (!g_variant_dict_contains (dict, "background"))
    {
      g_application_activate (application);
    }
  else if (self->window == NULL)
    {
      inb_background_enter (self->background);
      connect_or_look (self);
    }

  return 0;
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

  g_clear_handle_id (&self->look, g_source_remove);
  if (self->session != NULL)
    inb_session_stop (self->session);
  g_clear_object (&self->announcer);
  g_clear_object (&self->background);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (inb_application_parent_class)->shutdown (application);
}

static void
inb_application_finalize (GObject *object)
{
  InbApplication *self = INB_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->data_folder, g_free);

  G_OBJECT_CLASS (inb_application_parent_class)->finalize (object);
}

static void
inb_application_class_init (InbApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_application_finalize;
  application_class->startup = inb_application_startup;
  application_class->activate = inb_application_activate;
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
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/org/example/InboundLeads",
                       NULL);
}
