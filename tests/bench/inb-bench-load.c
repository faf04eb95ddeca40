/* A load generator for the benchmark: HTTP requests, each over a connection of its own, as the service answers them with
 * "Connection: close". Prints one JSON object.
 */
#include "inb-bench-load.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <string.h>

typedef struct {
  char     *address;
  char     *method;
  char     *path;
  char    **headers;
  char     *body;
  int       connections;
  double    seconds;
  double    warmup;
  int       first_number;
  int       events;
  char     *websocket;
  char     *token;
} Options;

static gboolean
read_options (Options   *options,
              int       *argc,
              char    ***argv,
              GError   **error)
{
  const GOptionEntry entries[] = {
    { "address", 0, 0, G_OPTION_ARG_STRING, &options->address, "Where to connect to", "IP:PORT" },
    { "method", 0, 0, G_OPTION_ARG_STRING, &options->method, "GET unless told", "METHOD" },
    { "path", 0, 0, G_OPTION_ARG_STRING, &options->path, "Path and query", "PATH" },
    { "header", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->headers, "Further header; repeatable", "NAME: VALUE" },
    { "body", 0, 0, G_OPTION_ARG_STRING, &options->body, "{n} becomes a number of eight digits, another one each time", "TEXT" },
    { "connections", 0, 0, G_OPTION_ARG_INT, &options->connections, "Requests under way at any time", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options->seconds, "How long to measure", "S" },
    { "warmup", 0, 0, G_OPTION_ARG_DOUBLE, &options->warmup, "How long to run before", "S" },
    { "first", 0, 0, G_OPTION_ARG_INT, &options->first_number, "The first {n}", "N" },
    { "events", 0, 0, G_OPTION_ARG_INT, &options->events, "Instead: so many requests, each until its event came", "N" },
    { "websocket", 0, 0, G_OPTION_ARG_STRING, &options->websocket, "Path of the WebSocket that carries the events", "PATH" },
    { "token", 0, 0, G_OPTION_ARG_STRING, &options->token, "For the WebSocket", "TOKEN" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- request over and over, and tell how long it took");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->address == NULL || options->path == NULL || options->connections < 1
      || (options->events > 0 && (options->websocket == NULL || options->token == NULL)))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "See --help");
      return FALSE;
    }

  return TRUE;
}

static void
clear_options (Options *options)
{
  g_free (options->address);
  g_free (options->method);
  g_free (options->path);
  g_strfreev (options->headers);
  g_free (options->body);
  g_free (options->websocket);
  g_free (options->token);
}

static gboolean
read_address (const char         *text,
              struct sockaddr_in *address,
              GError            **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *ip = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;

  memset (address, 0, sizeof *address);
  address->sin_family = AF_INET;
  if (ip == NULL || inet_pton (AF_INET, ip, &address->sin_addr) != 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "“%s” is not IP:PORT", text);
      return FALSE;
    }
  address->sin_port = htons ((guint16) g_ascii_strtoull (colon + 1, NULL, 10));

  return TRUE;
}

static gboolean
run (const Options *options,
     GString       *json,
     GError       **error)
{
  g_autoptr (InbBenchTemplate) template = NULL;
  struct sockaddr_in address;

  if (!read_address (options->address, &address, error))
    return FALSE;

  template = inb_bench_template_new (options->method != NULL ? options->method : "GET", options->path, options->address,
                                     (const char * const *) options->headers, options->body);
  if (options->events > 0)
    return inb_bench_run_events (&address, template, (guint) options->first_number, (guint) options->events,
                                 options->websocket, options->address, options->token, json, error);

  return inb_bench_run_load (&address, template, (guint) options->first_number, (guint) options->connections,
                             options->warmup, options->seconds, json, error);
}

int
main (int   argc,
      char *argv[])
{
  Options options = { .connections = 1, .seconds = 5, .warmup = 1 };
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean done;

  done = read_options (&options, &argc, &argv, &error) && run (&options, json, &error);
  if (done)
    g_print ("%s\n", json->str);
  else
    g_printerr ("inb-bench-load: %s\n", error->message);
  clear_options (&options);

  return done ? 0 : 1;
}
