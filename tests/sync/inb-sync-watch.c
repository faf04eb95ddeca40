/* inb-sync-watch FOLDER [--server URL --workspace ID --token-file FILE] [--until-live]: a client without a window. Says what
 * happens, a line each, for tests and measurements against a real service; without a server it takes the one on this computer.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-kit.h"
#include "inb-sync-client.h"
#include "inb-time.h"

#include <glib-unix.h>
#include <locale.h>

typedef struct {
  InbReplica    *replica;
  InbSyncClient *client;
  GMainLoop     *loop;
  gint64         started;
  gboolean       until_live;
} Watch;

static void G_GNUC_PRINTF (2, 3)
say (Watch      *watch,
     const char *format,
     ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("%.3f %s\n", (double) (g_get_monotonic_time () - watch->started) / G_USEC_PER_SEC, text);
}

static void
on_state (InbSyncClient *client,
          GParamSpec    *pspec,
          Watch         *watch)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (INB_TYPE_SYNC_STATE);
  InbSyncState state = inb_sync_client_get_state (client);
  g_autofree char *error = NULL;

  g_object_get (client, "last-error", &error, NULL);
  say (watch, "%s cursor %" G_GINT64_FORMAT "%s%s", g_enum_get_value (states, (int) state)->value_nick,
       inb_replica_get_cursor (watch->replica), error != NULL ? ": " : "", error != NULL ? error : "");
  if (state == INB_SYNC_UNAUTHORIZED || (state == INB_SYNC_LIVE && watch->until_live))
    g_main_loop_quit (watch->loop);
}

static void
on_progress (InbSyncClient *client,
            GParamSpec    *pspec,
            Watch         *watch)
{
  double progress;
  gint64 pending;

  g_object_get (client, "progress", &progress, "pending", &pending, NULL);
  if (progress > 0 && progress < 1)
    say (watch, "%.0f %%, %" G_GINT64_FORMAT " to come", progress * 100, pending);
}

static void
on_arrived (InbSyncClient *client,
            const char    *lead_id,
            const char    *contact_id,
            const char    *name,
            const char    *webhook_name,
            Watch         *watch)
{
  say (watch, "arrived %" G_GINT64_FORMAT " %s \"%s\" from \"%s\"", inb_time_now (), lead_id != NULL ? lead_id : contact_id, name,
       webhook_name);
}

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (((Watch *) user_data)->loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
is_alone (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *server = NULL;
  g_autofree char *workspace = NULL;
  g_autofree char *token_file = NULL;
  Watch watch = { .started = g_get_monotonic_time () };
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &server, "Address", "URL" },
    { "workspace", 0, 0, G_OPTION_ARG_STRING, &workspace, "Workspace", "ID" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &token_file, "File with the token", "FILE" },
    { "until-live", 0, 0, G_OPTION_ARG_NONE, &watch.until_live, "End when in sync", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) options = g_option_context_new ("FOLDER");
  g_autoptr (InbSyncAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "One folder is needed");
      return 2;
    }

  if (server != NULL)
    account = inb_sync_account_new (server, workspace != NULL ? workspace : "", token_file != NULL ? token_file : "", &error);
  else
    account = inb_sync_account_new_local_workspace (workspace, &error);
  watch.replica = inb_replica_new (argv[1]);
  if (account == NULL || !inb_kit_open (watch.replica, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  watch.loop = g_main_loop_new (NULL, FALSE);
  watch.client = inb_sync_client_new (watch.replica, account);
  g_signal_connect (watch.client, "notify::state", G_CALLBACK (on_state), &watch);
  g_signal_connect (watch.client, "notify::progress", G_CALLBACK (on_progress), &watch);
  g_signal_connect (watch.client, "lead-arrived", G_CALLBACK (on_arrived), &watch);
  g_unix_signal_add (SIGTERM, on_signal, &watch);
  g_unix_signal_add (SIGINT, on_signal, &watch);
  inb_sync_client_start (watch.client);
  g_main_loop_run (watch.loop);
  say (&watch, "end, cursor %" G_GINT64_FORMAT, inb_replica_get_cursor (watch.replica));

  g_signal_handlers_disconnect_by_data (watch.client, &watch);
  inb_sync_client_stop (watch.client);
  inb_kit_wait (is_alone, watch.client);
  g_object_unref (watch.client);
  inb_kit_drop (watch.replica);
  g_main_loop_unref (watch.loop);

  return 0;
}
