#define G_LOG_DOMAIN "inb-service"

#include "inb-command.h"
#include "inb-notify-supervisor.h"
#include "inb-service.h"

#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

typedef struct {
  /* Owned */
  GMainLoop  *loop;
  InbService *service;
  GError     *error;

  gboolean    is_stopping;
} Server;

static void
server_clear (Server *server)
{
  g_clear_object (&server->service);
  g_clear_pointer (&server->loop, g_main_loop_unref);
  g_clear_error (&server->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

static void
on_stopped (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Server *server = user_data;

  inb_service_stop_finish (server->service, result, &server->error);
  g_main_loop_quit (server->loop);
}

/* The second one means it: what is under way is lost, what was answered is not. */
static gboolean
on_signal (gpointer user_data)
{
  Server *server = user_data;

  if (server->is_stopping)
    _exit (1);

  server->is_stopping = TRUE;
  inb_notify_supervisor ("STOPPING=1");
  inb_service_stop_async (server->service, on_stopped, server);

  return G_SOURCE_CONTINUE;
}

/* nohup and its like have it ignored, and then it stays so. */
static gboolean
is_ignored (int signal_number)
{
  struct sigaction action;

  return sigaction (signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static gboolean
run (InbInvocation  *invocation,
     Server         *server,
     GError        **error)
{
  g_autofree char *ready = NULL;

  if (!inb_service_start (server->service, error))
    return FALSE;

  ready = g_strdup_printf ("ready %s\n", inb_service_get_url (server->service));
  inb_invocation_print (invocation, ready);
  inb_notify_supervisor ("READY=1");
  g_main_loop_run (server->loop);

  if (server->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&server->error));
      return FALSE;
    }

  return TRUE;
}

gboolean
inb_command_serve (InbInvocation  *invocation,
                   GError        **error)
{
  g_autofree char *user = NULL;
  g_autofree char *hosts = NULL;
  g_autofree char *local_socket = NULL;
  const GOptionEntry entries[] = {
    { "hosts", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &hosts,
      "Host names besides localhost that it answers to, separated by commas", "NAMES" },
    { "local-socket", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &local_socket,
      "The socket for desktops on this computer, or none", "PATH" },
    { "user", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &user, "The same as --account", "NAME" },
    { NULL }
  };
  const int signals[] = { SIGTERM, SIGINT, SIGHUP };
  guint sources[G_N_ELEMENTS (signals)] = { 0 };
  g_auto (Server) server = { NULL };
  InbSettings *settings;
  gboolean done;

  if (!inb_invocation_parse (invocation, entries, 0, error))
    return FALSE;

  settings = inb_invocation_get_settings (invocation);
  if (!inb_settings_set (settings, INB_SETTING_HOSTS, hosts, error)
      || !inb_settings_set (settings, INB_SETTING_LOCAL_SOCKET, local_socket, error)
      || !inb_settings_set (settings, INB_SETTING_ACCOUNT, user, error))
    return FALSE;

  signal (SIGPIPE, SIG_IGN);
  server.loop = g_main_loop_new (NULL, FALSE);
  server.service = inb_service_new (settings);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      if (!is_ignored (signals[i]))
        sources[i] = g_unix_signal_add (signals[i], on_signal, &server);
    }

  done = run (invocation, &server, error);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_clear_handle_id (&sources[i], g_source_remove);

  return done;
}
