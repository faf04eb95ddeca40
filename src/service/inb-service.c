#define G_LOG_DOMAIN "inb-service"

#include "inb-service.h"

#include "inb-api-routes.h"
#include "inb-backend.h"
#include "inb-listener.h"
#include "inb-local-access.h"
#include "inb-local-door.h"
#include "inb-self-check.h"
#include "inb-service-url.h"
#include "inb-token-uses.h"
#include "inb-upkeep.h"
#include "inb-webhook-handler.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_READERS 3
#define N_LOOKUPS 1
#define NO_SOCKET "none"

struct _InbService {
  GObject            parent_instance;

  /* Borrowed */
  InbSettings       *settings;

  /* Owned, in the order in which they are made */
  InbLocalDoor      *door; /* NULL without a local socket */
  InbBackend        *backend;
  InbCounters       *counters;
  InbReaderPool     *readers;
  InbReaderPool     *lookups; /* the directory's own: no webhook waits behind somebody's long list */
  InbDirectory      *directory;
  InbListener       *listener;
  InbWriter         *writer;
  InbHub            *hub;
  InbLive           *live;
  InbTokenUses      *uses;
  InbHttpServer     *server;
  InbApi            *api;
  InbWebhookHandler *webhooks;
  InbUpkeep         *upkeep;
  char              *url;

  GTask             *stopping;
  gboolean           is_drained;
  gboolean           is_refreshing; /* the local credentials */
  gboolean           refresh_again;
};

G_DEFINE_FINAL_TYPE (InbService, inb_service, G_TYPE_OBJECT)

static void refresh_local_access (InbService *self);
static void finish_stop (InbService *self);

static void
inb_service_finalize (GObject *object)
{
  InbService *self = INB_SERVICE (object);

  g_clear_pointer (&self->upkeep, inb_upkeep_free);
  g_clear_object (&self->webhooks);
  g_clear_pointer (&self->api, inb_api_free);
  g_clear_object (&self->server);
  g_clear_pointer (&self->uses, inb_token_uses_free);
  g_clear_pointer (&self->live, inb_live_free);
  g_clear_object (&self->hub);
  g_clear_object (&self->writer);
  g_clear_object (&self->listener);
  g_clear_object (&self->directory);
  g_clear_object (&self->lookups);
  g_clear_object (&self->readers);
  g_clear_pointer (&self->counters, inb_counters_unref);
  g_clear_pointer (&self->backend, inb_backend_free);
  g_clear_pointer (&self->door, inb_local_door_free);
  g_free (self->url);

  G_OBJECT_CLASS (inb_service_parent_class)->finalize (object);
}

static void
inb_service_class_init (InbServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = inb_service_finalize;
}

static void
inb_service_init (InbService *self)
{
}

/**
 * inb_service_new:
 * @settings: (transfer none): outlives the service
 */
InbService *
inb_service_new (InbSettings *settings)
{
  InbService *self;

  g_return_val_if_fail (settings != NULL, NULL);

  self = g_object_new (INB_TYPE_SERVICE, NULL);
  self->settings = settings;

  return self;
}

/* Without it the service still serves webhooks and remote desktops. */
static void
open_door (InbService *self)
{
  const char *socket = inb_settings_get (self->settings, INB_SETTING_LOCAL_SOCKET);
  g_autoptr (GError) error = NULL;

  if (g_str_equal (socket, NO_SOCKET))
    return;

  self->door = inb_local_door_open (socket, inb_settings_get (self->settings, INB_SETTING_ACCOUNT), &error);
  if (self->door == NULL)
    g_warning ("There will be no local socket. %s", error->message);
}

static gboolean
check_database (InbService  *self,
                GError     **error)
{
  g_autoptr (InbDb) db = inb_db_connect (inb_backend_get_conninfo (self->backend), error);

  return db != NULL && inb_self_check_run (db, error);
}

static void
on_notified (InbListener *listener,
             const char  *channel,
             const char  *payload,
             int          pid,
             InbService  *self)
{
  inb_directory_drop (self->directory, payload);
  refresh_local_access (self);
}

static void
on_connected (InbListener *listener,
              InbService  *self)
{
  inb_directory_recheck (self->directory);
  refresh_local_access (self);
}

static void
build_parts (InbService *self)
{
  const char *conninfo = inb_backend_get_conninfo (self->backend);

  self->counters = inb_counters_new ();
  self->readers = inb_reader_pool_new (conninfo, N_READERS);
  self->lookups = inb_reader_pool_new (conninfo, N_LOOKUPS);
  self->directory = inb_directory_new (self->lookups);
  self->listener = inb_listener_new (conninfo);
  g_signal_connect_object (self->listener, "notified", G_CALLBACK (on_notified), self, 0);
  g_signal_connect_object (self->listener, "connected", G_CALLBACK (on_connected), self, 0);
  self->writer = inb_writer_new (conninfo);
  inb_writer_set_counters (self->writer, self->counters);
  self->hub = inb_hub_new ();
  self->live = inb_live_new (conninfo, self->readers, self->hub, self->counters);
  self->uses = inb_token_uses_new (conninfo);
}

static void
build_server (InbService *self)
{
  const char *hosts = inb_settings_get (self->settings, INB_SETTING_HOSTS);
  g_auto (GStrv) names = g_strsplit_set (hosts == NULL ? "" : hosts, ", ", -1);

  self->server = inb_http_server_new ();
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (*names[i] != '\0')
        inb_http_server_add_host (self->server, names[i]);
    }

  self->api = inb_api_new (self->readers, self->directory, self->hub, self->writer, self->live, self->counters, self->uses);
  self->api->base_url = inb_settings_get (self->settings, INB_SETTING_BASE_URL);
  inb_api_routes_register (self->api, self->server);
  self->webhooks = inb_webhook_handler_new (self->directory, self->writer);
  inb_webhook_handler_register (self->webhooks, self->server);
}

static void
listen_locally (InbService *self)
{
  g_autoptr (GError) error = NULL;

  if (self->door == NULL
      || inb_http_server_listen_local (self->server, inb_local_door_get_own_path (self->door),
                                       inb_local_door_get_uid (self->door), &error))
    return;

  g_warning ("There is no local socket. %s", error->message);
  g_clear_pointer (&self->door, inb_local_door_free);
}

static gboolean
listen (InbService  *self,
        GError     **error)
{
  if (!inb_http_server_listen (self->server, inb_settings_get (self->settings, INB_SETTING_LISTEN), error))
    return FALSE;

  self->url = inb_http_server_get_url (self->server);
  listen_locally (self);

  return inb_data_dir_write (inb_backend_get_data_dir (self->backend), INB_SERVICE_URL_FILE, self->url, error);
}

/* Reads what is needed from immutable parts of the service, on any thread. */
static char *
prepare_credentials (InbService  *self,
                     GError     **error)
{
  g_autoptr (InbDb) db = inb_db_connect (inb_backend_get_conninfo (self->backend), error);

  if (db == NULL)
    return NULL;

  return inb_local_access_prepare (db, inb_backend_get_data_dir (self->backend), self->url,
                                   inb_local_door_get_socket (self->door), error);
}

static gboolean
put_credentials (InbService  *self,
                 GError     **error)
{
  g_autofree char *json = NULL;

  if (self->door == NULL)
    return TRUE;

  json = prepare_credentials (self, error);

  return json != NULL && inb_local_door_put_credentials (self->door, json, error);
}

static void
refresh_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (put_credentials (source, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_refreshed (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  InbService *self = INB_SERVICE (source);
  g_autoptr (GError) error = NULL;

  self->is_refreshing = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("Renewing the local credentials: %s", error->message);

  if (self->is_drained)
    finish_stop (self);
  else if (self->refresh_again)
    refresh_local_access (self);
}

/* A workspace may have come, or a token may have gone. */
static void
refresh_local_access (InbService *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->door == NULL || self->url == NULL || self->stopping != NULL)
    return;

  self->refresh_again = self->is_refreshing;
  if (self->is_refreshing)
    return;

  self->is_refreshing = TRUE;
  task = g_task_new (self, NULL, on_refreshed, NULL);
  g_task_set_source_tag (task, refresh_local_access);
  g_task_run_in_thread (task, refresh_thread);
}

gboolean
inb_service_start (InbService  *self,
                   GError     **error)
{
  g_return_val_if_fail (INB_IS_SERVICE (self) && self->backend == NULL, FALSE);

  open_door (self);
  self->backend = inb_backend_open (self->settings, error);
  if (self->backend == NULL || !check_database (self, error))
    return FALSE;

  build_parts (self);
  build_server (self);
  inb_live_start (self->live, self->writer);
  inb_listener_start (self->listener);
  if (!listen (self, error) || !put_credentials (self, error))
    return FALSE;

  self->upkeep = inb_upkeep_new (inb_backend_get_conninfo (self->backend));
  inb_backend_watch (self->backend);

  return TRUE;
}

const char *
inb_service_get_url (InbService *self)
{
  g_return_val_if_fail (INB_IS_SERVICE (self), NULL);

  return self->url;
}

/* Only what this process wrote: another one may have taken over. */
static void
remove_url (InbService *self)
{
  g_autofree char *path = inb_data_dir_get_file (inb_backend_get_data_dir (self->backend), INB_SERVICE_URL_FILE);
  g_autofree char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL) && g_str_equal (text, self->url))
    g_unlink (path);
}

/* Nothing is under way any more, and nothing new comes. */
static void
finish_stop (InbService *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->upkeep, inb_upkeep_free);
  inb_token_uses_stop (self->uses);
  inb_live_stop (self->live);
  inb_writer_stop (self->writer);
  inb_reader_pool_stop (self->readers);
  inb_reader_pool_stop (self->lookups);
  remove_url (self);
  if (self->door != NULL)
    inb_local_door_remove_credentials (self->door);

  if (inb_backend_close (self->backend, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_drained (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  InbService *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_http_server_drain_finish (self->server, result, &error))
    g_warning ("Finishing the requests under way: %s", error->message);

  self->is_drained = TRUE;
  inb_listener_stop (self->listener);
  if (!self->is_refreshing)
    finish_stop (self);
}

void
inb_service_stop_async (InbService          *self,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (INB_IS_SERVICE (self) && self->server != NULL && self->stopping == NULL);

  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, inb_service_stop_async);
  inb_hub_close_all (self->hub);
  inb_writer_hurry (self->writer);
  inb_http_server_drain_async (self->server, on_drained, self);
}

gboolean
inb_service_stop_finish (InbService    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
