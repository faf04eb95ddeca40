/* The API and the webhooks on a database that is there already: what `serve` puts together, without its cluster, its
 * settings and its start-up checks. For api_kit.py.
 */
#define G_LOG_DOMAIN "inb-test"

#include "inb-api.h"
#include "inb-webhook-handler.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#define N_READERS 2

typedef struct {
  GMainLoop         *loop;
  InbHttpServer     *server;
  InbReaderPool     *readers;
  InbDirectory      *directory;
  InbHub            *hub;
  InbWriter         *writer;
  InbCounters       *counters;
  InbLive           *live;
  InbApi            *api;
  InbWebhookHandler *webhooks;
} Fixture;

static void
on_drained (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_http_server_drain_finish (fixture->server, result, &error))
    g_printerr ("%s\n", error->message);
  g_main_loop_quit (fixture->loop);
}

static gboolean
on_terminate (gpointer user_data)
{
  Fixture *fixture = user_data;

  inb_hub_close_all (fixture->hub);
  inb_http_server_drain_async (fixture->server, on_drained, fixture);

  return G_SOURCE_REMOVE;
}

static void
setup (Fixture    *fixture,
       const char *conninfo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->server = inb_http_server_new ();
  fixture->readers = inb_reader_pool_new (conninfo, N_READERS);
  fixture->directory = inb_directory_new (fixture->readers);
  fixture->hub = inb_hub_new ();
  fixture->writer = inb_writer_new (conninfo);
  fixture->counters = inb_counters_new ();
  fixture->live = inb_live_new (conninfo, fixture->readers, fixture->hub, fixture->counters);
  fixture->api = inb_api_new (fixture->readers, fixture->directory, fixture->hub, fixture->writer, fixture->live,
                              fixture->counters);
  fixture->webhooks = inb_webhook_handler_new (fixture->directory, fixture->writer);

  inb_live_start (fixture->live, fixture->writer);
  inb_api_register (fixture->api, fixture->server);
  inb_webhook_handler_register (fixture->webhooks, fixture->server);
  if (!inb_http_server_listen (fixture->server, "127.0.0.1:0", &error))
    {
      g_printerr ("%s\n", error->message);
      exit (1);
    }

  url = inb_http_server_get_url (fixture->server);
  printf ("ready %s\n", url);
  fflush (stdout);
}

static void
teardown (Fixture *fixture)
{
  inb_writer_stop (fixture->writer);
  inb_live_stop (fixture->live);
  inb_reader_pool_stop (fixture->readers);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  inb_api_free (fixture->api);
  inb_live_free (fixture->live);
  g_object_unref (fixture->webhooks);
  g_object_unref (fixture->server);
  g_object_unref (fixture->writer);
  g_object_unref (fixture->hub);
  g_object_unref (fixture->directory);
  g_object_unref (fixture->readers);
  inb_counters_unref (fixture->counters);
  g_main_loop_unref (fixture->loop);
}

int
main (int    argc,
      char **argv)
{
  Fixture fixture;

  setlocale (LC_ALL, "");
  if (argc != 2)
    {
      g_printerr ("usage: %s CONNINFO\n", argv[0]);
      return 2;
    }

  setup (&fixture, argv[1]);
  g_unix_signal_add (SIGTERM, on_terminate, &fixture);
  g_main_loop_run (fixture.loop);
  teardown (&fixture);

  return 0;
}
