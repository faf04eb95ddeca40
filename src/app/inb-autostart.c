#define G_LOG_DOMAIN "inb-app"

#include "inb-autostart.h"

#include "inb-config.h"
#include "inb-sandbox.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include <errno.h>

#define PROGRAM "inbound-leads"
#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

struct _InbAutostart {
  GObject       parent_instance;

  /* Owned */
  GCancellable *cancellable;

  guint         asked;     /* how many requests the portal got: names them */
  guint         response;  /* subscription */
  gboolean      enabled;   /* what was asked for last */
};

static guint refused_signal;

G_DEFINE_FINAL_TYPE (InbAutostart, inb_autostart, G_TYPE_OBJECT)

static void
refuse (InbAutostart *self,
        const char   *reason)
{
  g_warning ("starting with the session: %s", reason);
  g_signal_emit (self, refused_signal, 0, self->enabled);
}

/* --- the autostart folder ----------------------------------------------------------------------------------------------- */

/* By its name where that finds this very program, so that an update of the system may move it. */
static char *
get_command (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *found = g_find_program_in_path (PROGRAM);
  g_autofree char *quoted = NULL;

  if (self == NULL || g_strcmp0 (self, found) == 0)
    return g_strdup (PROGRAM " --background");

  quoted = g_shell_quote (self);

  return g_strconcat (quoted, " --background", NULL);
}

static gboolean
write_entry (const char  *path,
             GError     **error)
{
  g_autoptr (GKeyFile) entry = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *command = get_command ();

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }

  g_key_file_set_string (entry, "Desktop Entry", "Type", "Application");
  g_key_file_set_string (entry, "Desktop Entry", "Name", "Inbound Leads");
  g_key_file_set_string (entry, "Desktop Entry", "Icon", INB_APP_ID);
  g_key_file_set_string (entry, "Desktop Entry", "Exec", command);
  g_key_file_set_boolean (entry, "Desktop Entry", "X-GNOME-Autostart-enabled", TRUE);

  return g_key_file_save_to_file (entry, path, error);
}

static void
set_file (InbAutostart *self)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "autostart", INB_APP_ID ".desktop", NULL);
  g_autoptr (GError) error = NULL;

  if (self->enabled)
    {
      if (!write_entry (path, &error))
        refuse (self, error->message);
      return;
    }

  if (g_unlink (path) != 0 && errno != ENOENT)
    refuse (self, g_strerror (errno));
}

/* --- the portal --------------------------------------------------------------------------------------------------------- */

static void
unsubscribe (InbAutostart    *self,
             GDBusConnection *bus)
{
  if (self->response != 0)
    g_dbus_connection_signal_unsubscribe (bus, self->response);
  self->response = 0;
}

static void
on_response (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  InbAutostart *self = user_data;
  g_autoptr (GVariant) results = NULL;
  gboolean autostart = FALSE;
  guint32 code;

  g_variant_get (parameters, "(u@a{sv})", &code, &results);
  g_variant_lookup (results, "autostart", "b", &autostart);
  unsubscribe (self, bus);
  if (self->enabled && (code != 0 || !autostart))
    refuse (self, "the desktop does not allow it");
}

static void
on_asked (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  unsubscribe (user_data, G_DBUS_CONNECTION (source));
  refuse (user_data, error->message);
}

static GVariant *
make_options (InbAutostart *self,
              const char   *token)
{
  static const char * const command[] = { PROGRAM, "--background", NULL };
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_("Tell of new leads while the window is closed")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (self->enabled));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));

  return g_variant_new ("(sa{sv})", "", &options);
}

static void
ask_portal (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  InbAutostart *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);
  g_autofree char *token = NULL;
  g_autofree char *sender = NULL;
  g_autofree char *path = NULL;

  if (bus == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        refuse (self, error->message);
      return;
    }

  /* The answer's path is known before the question, so that no answer is missed. */
  token = g_strdup_printf ("inbound_leads_%u", ++self->asked);
  sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (bus) + 1), ".", '_');
  path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", sender, token);
  unsubscribe (self, bus);
  self->response = g_dbus_connection_signal_subscribe (bus, PORTAL_NAME, "org.freedesktop.portal.Request", "Response", path, NULL,
                                                       G_DBUS_SIGNAL_FLAGS_NONE, on_response, self, NULL);
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          make_options (self, token), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable,
                          on_asked, self);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_autostart_dispose (GObject *object)
{
  InbAutostart *self = INB_AUTOSTART (object);

  g_cancellable_cancel (self->cancellable);
  if (self->response != 0)
    {
      g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

      if (bus != NULL)
        unsubscribe (self, bus);
    }

  G_OBJECT_CLASS (inb_autostart_parent_class)->dispose (object);
}

static void
inb_autostart_finalize (GObject *object)
{
  g_object_unref (INB_AUTOSTART (object)->cancellable);

  G_OBJECT_CLASS (inb_autostart_parent_class)->finalize (object);
}

static void
inb_autostart_class_init (InbAutostartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_autostart_dispose;
  object_class->finalize = inb_autostart_finalize;

  refused_signal = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
inb_autostart_init (InbAutostart *self)
{
  self->cancellable = g_cancellable_new ();
}

InbAutostart *
inb_autostart_new (void)
{
  return g_object_new (INB_TYPE_AUTOSTART, NULL);
}

/**
 * inb_autostart_set:
 *
 * Writes or removes the file, or asks the portal.
 */
void
inb_autostart_set (InbAutostart *self,
                   gboolean      enabled)
{
  g_return_if_fail (INB_IS_AUTOSTART (self));

  self->enabled = enabled;
  if (inb_sandbox_use_portals ())
    g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, ask_portal, self);
  else
    set_file (self);
}
