#define G_LOG_DOMAIN "inb-app"

#include "inb-about.h"

#include "inb-config.h"
#include "inb-replica-folders.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <sqlite3.h>

static const char *
get_state_name (InbSyncState state)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (INB_TYPE_SYNC_STATE);
  const GEnumValue *value = g_enum_get_value (states, (int) state);

  return value != NULL ? value->value_nick : "?";
}

static void
describe_versions (GString *text)
{
  g_string_append_printf (text, "Inbound Leads %s\n", INB_VERSION);
  g_string_append_printf (text, "GTK %u.%u.%u, libadwaita %u.%u.%u, GLib %u.%u.%u, libsoup %u.%u.%u, SQLite %s\n",
                          gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
                          adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (),
                          glib_major_version, glib_minor_version, glib_micro_version,
                          soup_get_major_version (), soup_get_minor_version (), soup_get_micro_version (),
                          sqlite3_libversion ());
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    g_string_append (text, "Flatpak\n");
}

static void
describe_session (GString    *text,
                  InbSession *session,
                  gint64      size)
{
  const InbSyncAccount *account = inb_session_get_account (session);
  InbReplica *replica = inb_session_get_replica (session);
  InbSyncClient *client = inb_session_get_client (session);
  g_autofree char *error = NULL;
  g_autofree char *size_text = size >= 0 ? g_format_size ((guint64) size) : g_strdup ("?");
  gint64 last_sync;
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *when_text = NULL;

  g_object_get (client, "last-error", &error, "last-sync", &last_sync, NULL);
  when = last_sync > 0 ? g_date_time_new_from_unix_utc (last_sync / G_USEC_PER_SEC) : NULL;
  when_text = when != NULL ? g_date_time_format_iso8601 (when) : g_strdup ("never");

  g_string_append_printf (text, "\nWorkspace: %s\n", account->workspace_id);
  g_string_append_printf (text, "Service: %s\n", account->server != NULL ? account->server : account->socket_path);
  g_string_append_printf (text, "Connection: %s\n", get_state_name (inb_sync_client_get_state (client)));
  g_string_append_printf (text, "Last sync: %s\n", when_text);
  g_string_append_printf (text, "Last error: %s\n", error != NULL ? error : "none");
  g_string_append_printf (text, "Working copy: %s, %s\n", inb_session_get_folder (session), size_text);
  if (inb_session_get_error (session) != NULL)
    g_string_append_printf (text, "Working copy failed: %s\n", inb_session_get_error (session)->message);
  g_string_append_printf (text, "Cursor: %" G_GINT64_FORMAT "\n", inb_replica_get_cursor (replica));
  g_string_append_printf (text, "Epoch: %s\n", inb_replica_get_epoch (replica));
}

/**
 * inb_about_describe:
 * @session: (nullable): what is shown
 * @size: of its working copy in bytes, or -1
 */
char *
inb_about_describe (InbSession *session,
                    gint64      size)
{
  GString *text = g_string_new (NULL);

  describe_versions (text);
  if (session != NULL)
    describe_session (text, session, size);

  return g_string_free (text, FALSE);
}

static void
present (GtkWindow  *parent,
         InbSession *session,
         gint64      size)
{
  g_autofree char *text = inb_about_describe (session, size);

  adw_show_about_window (parent,
                         "application-name", _("Inbound Leads"),
                         "application-icon", INB_APP_ID,
                         "version", INB_VERSION,
                         "developer-name", _("The Inbound Leads developers"),
                         "license-type", GTK_LICENSE_MIT_X11,
                         "comments", _("The queue of leads that come in by webhooks"),
                         "debug-info", text,
                         "debug-info-filename", "inbound-leads.txt",
                         NULL);
}

typedef struct {
  GtkWindow  *parent;
  InbSession *session;
} Request;

static void
on_measured (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Request *request = user_data;

  present (request->parent, request->session, inb_replica_folders_measure_finish (result, NULL));
  g_object_unref (request->parent);
  g_object_unref (request->session);
  g_free (request);
}

/**
 * inb_about_show:
 * @session: (nullable): what is shown
 */
void
inb_about_show (GtkWindow  *parent,
                InbSession *session)
{
  Request *request;

  if (session == NULL)
    {
      present (parent, NULL, -1);
      return;
    }

  request = g_new0 (Request, 1);
  request->parent = g_object_ref (parent);
  request->session = g_object_ref (session);
  inb_replica_folders_measure_async (inb_session_get_folder (session), NULL, on_measured, request);
}
