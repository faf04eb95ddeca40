#define G_LOG_DOMAIN "inb-service"

#include "inb-live-listener.h"

#include "inb-db.h"
#include "inb-params.h"
#include "inb-sql.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define CHANNEL_EVENTS "inbound_events"
#define MAX_PAYLOAD 7900           /* PostgreSQL takes 7,999 bytes */
#define MAX_EVENTS 2000            /* waiting for the database; past it the feed still brings the rows */
#define PAUSE_US (20 * 1000)       /* between two NOTIFYs: their commits take a lock that writers wait for */
#define LOOK_US (3 * G_USEC_PER_SEC)
#define RETRY_US (500 * 1000)

struct _InbLiveListener {
  gatomicrefcount  refs;
  char            *conninfo;
  GMainContext    *context;
  GThread         *thread;
  int              wake; /* eventfd */

  /* Main loop only */
  InbListenerFunc  func;
  gpointer         user_data;

  /* With the mutex */
  GMutex           mutex;
  gboolean         is_stopped;
  GHashTable      *changed; /* workspace ids to tell */
  GPtrArray       *events;  /* payloads to tell, "workspace\nevent" */

  /* Only on the thread */
  InbDb           *db;
  gboolean         has_peers;
  gint64           next_look;
  gint64           next_notify;
};

/* On its way to the main loop. */
typedef struct {
  InbLiveListener *listener;
  InbListenerNews  news;
  char            *workspace_id;
  char            *text;
} Message;

static void
message_free (gpointer data)
{
  Message *message = data;

  inb_live_listener_unref (message->listener);
  g_free (message->workspace_id);
  g_free (message->text);
  g_free (message);
}

static gboolean
deliver (gpointer data)
{
  Message *message = data;
  InbLiveListener *self = message->listener;

  if (self->func != NULL)
    self->func (message->news, message->workspace_id, message->text, self->user_data);

  return G_SOURCE_REMOVE;
}

static void
post (InbLiveListener *self,
      InbListenerNews  news,
      const char      *workspace_id,
      const char      *text)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Message *message = g_new0 (Message, 1);

  g_atomic_ref_count_inc (&self->refs);
  message->listener = self;
  message->news = news;
  message->workspace_id = g_strdup (workspace_id);
  message->text = g_strdup (text);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, message, message_free);
  g_source_attach (source, self->context);
}

static gboolean
is_stopped (InbLiveListener *self)
{
  gboolean stopped;

  g_mutex_lock (&self->mutex);
  stopped = self->is_stopped;
  g_mutex_unlock (&self->mutex);

  return stopped;
}

static void
connect_db (InbLiveListener *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->db, inb_db_free);
  self->db = inb_db_connect (self->conninfo, &error);
  if (self->db == NULL || !inb_db_exec (self->db, inb_sql_get ("api/listen"), &error))
    {
      g_debug ("Listening for changes: %s", error->message);
      g_clear_pointer (&self->db, inb_db_free);
      return;
    }

  self->next_look = 0;
}

static void
look (InbLiveListener *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PGresult) peers = inb_db_query (self->db, inb_sql_get ("api/peers"), 0, NULL, &error);

  if (peers == NULL)
    g_debug ("Looking for other service processes: %s", error->message);
  else
    self->has_peers = strcmp (PQgetvalue (peers, 0, 0), "0") != 0;

  self->next_look = g_get_monotonic_time () + LOOK_US;
  post (self, INB_LISTENER_LOOK, NULL, self->has_peers ? "peers" : NULL);
}

static void
take_notifications (InbLiveListener *self)
{
  PGconn *connection = inb_db_get_connection (self->db);
  PGnotify *notify;

  if (!PQconsumeInput (connection))
    g_debug ("Listening for changes: %s", PQerrorMessage (connection));

  while ((notify = PQnotifies (connection)) != NULL)
    {
      char *end = strchr (notify->extra, '\n');

      if (notify->be_pid == PQbackendPID (connection))
        {
          PQfreemem (notify);
          continue;
        }

      if (strcmp (notify->relname, CHANNEL_EVENTS) != 0)
        {
          post (self, INB_LISTENER_CHANGED, notify->extra, NULL);
        }
      else if (end != NULL)
        {
          *end = '\0';
          post (self, INB_LISTENER_EVENT, notify->extra, end + 1);
        }
      PQfreemem (notify);
    }
}

static GStrv
take_changed (InbLiveListener *self,
              GStrv           *events)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_hash_table_iter_steal (&iter);
      g_ptr_array_add (ids, id);
    }
  g_ptr_array_add (self->events, NULL);
  *events = (GStrv) g_ptr_array_free (self->events, FALSE);
  self->events = g_ptr_array_new_with_free_func (g_free);
  g_mutex_unlock (&self->mutex);

  g_ptr_array_add (ids, NULL);

  return (GStrv) g_ptr_array_free (ids, FALSE);
}

static gboolean
notify_all (InbLiveListener  *self,
            const char       *sql,
            GStrv             payloads,
            GError          **error)
{
  g_autofree char *array = inb_params_to_array ((const char * const *) payloads);
  const char *params[] = { array };
  g_autoptr (PGresult) result = NULL;

  if (payloads[0] == NULL)
    return TRUE;

  result = inb_db_query (self->db, sql, 1, params, error);

  return result != NULL;
}

static void
notify_others (InbLiveListener *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) events = NULL;
  g_auto (GStrv) changed = NULL;

  if (g_get_monotonic_time () < self->next_notify)
    return;

  changed = take_changed (self, &events);
  if (changed[0] == NULL && events[0] == NULL)
    return;

  /* The others look at the heads every few seconds too, so what fails here is late, not lost. */
  if (!notify_all (self, inb_sql_get ("api/notify-changes"), changed, &error) ||
      (self->has_peers && !notify_all (self, inb_sql_get ("api/notify-events"), events, &error)))
    g_debug ("Telling other service processes: %s", error->message);
  self->next_notify = g_get_monotonic_time () + PAUSE_US;
}

static gboolean
has_news (InbLiveListener *self)
{
  gboolean any;

  g_mutex_lock (&self->mutex);
  any = g_hash_table_size (self->changed) > 0 || self->events->len > 0;
  g_mutex_unlock (&self->mutex);

  return any;
}

/* Until the database or this process has something to say, or the time has come. */
static void
wait_for_news (InbLiveListener *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 until = now + RETRY_US;
  struct pollfd fds[2] = { { self->wake, POLLIN, 0 }, { -1, POLLIN, 0 } };
  guint64 woken;

  if (self->db != NULL)
    {
      fds[1].fd = PQsocket (inb_db_get_connection (self->db));
      until = self->next_look;
      if (has_news (self))
        {
          until = MIN (until, self->next_notify);
          fds[0].fd = -1; /* known already: sleep the pause out */
        }
    }

  if (poll (fds, G_N_ELEMENTS (fds), (int) (MAX (until - now, 0) / 1000 + 1)) < 0 && errno != EINTR)
    g_warning ("Waiting for changes: %s", g_strerror (errno));
  if ((fds[0].revents & POLLIN) != 0 && read (self->wake, &woken, sizeof woken) < 0 && errno != EAGAIN)
    g_warning ("Waking up: %s", g_strerror (errno));
}

static gpointer
run (gpointer data)
{
  InbLiveListener *self = data;

  while (!is_stopped (self))
    {
      if (self->db != NULL && !inb_db_is_alive (self->db))
        g_clear_pointer (&self->db, inb_db_free);
      if (self->db == NULL)
        connect_db (self);

      if (self->db != NULL)
        {
          notify_others (self);
          if (g_get_monotonic_time () >= self->next_look)
            look (self);
          take_notifications (self);
        }
      wait_for_news (self);
    }
  g_clear_pointer (&self->db, inb_db_free);

  return NULL;
}

/**
 * inb_live_listener_new:
 * @func: called on the current thread-default main context
 *
 * Returns: (transfer full): a listener, whose thread connects and keeps connecting
 */
InbLiveListener *
inb_live_listener_new (const char      *conninfo,
                       InbListenerFunc  func,
                       gpointer         user_data)
{
  InbLiveListener *self = g_new0 (InbLiveListener, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  self->conninfo = g_strdup (conninfo);
  self->context = g_main_context_ref_thread_default ();
  self->func = func;
  self->user_data = user_data;
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->events = g_ptr_array_new_with_free_func (g_free);
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->wake < 0)
    g_error ("Making an event descriptor: %s", g_strerror (errno));
  self->thread = g_thread_new ("inb-listener", run, self);

  return self;
}

static void
wake (InbLiveListener *self)
{
  const guint64 one = 1;

  if (write (self->wake, &one, sizeof one) < 0 && errno != EAGAIN)
    g_warning ("Waking the listener: %s", g_strerror (errno));
}

/**
 * inb_live_listener_stop:
 *
 * Ends the thread and the callbacks. Blocks until a statement under way is answered.
 */
void
inb_live_listener_stop (InbLiveListener *self)
{
  g_return_if_fail (self != NULL);

  self->func = NULL;
  if (self->thread == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_mutex_unlock (&self->mutex);
  wake (self);
  g_thread_join (g_steal_pointer (&self->thread));
}

void
inb_live_listener_unref (InbLiveListener *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_assert (self->thread == NULL);
  close (self->wake);
  g_ptr_array_unref (self->events);
  g_hash_table_unref (self->changed);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self->conninfo);
  g_free (self);
}

/**
 * inb_live_listener_notify:
 * @workspace_id: the workspace that this process changed
 * @events: (element-type utf8) (nullable): events for its clients at other processes
 */
void
inb_live_listener_notify (InbLiveListener *self,
                          const char      *workspace_id,
                          GPtrArray       *events)
{
  g_return_if_fail (self != NULL && workspace_id != NULL);

  g_mutex_lock (&self->mutex);
  g_hash_table_add (self->changed, g_strdup (workspace_id));
  for (guint i = 0; events != NULL && i < events->len && self->events->len < MAX_EVENTS; i++)
    {
      char *payload = g_strconcat (workspace_id, "\n", g_ptr_array_index (events, i), NULL);

      if (strlen (payload) <= MAX_PAYLOAD)
        g_ptr_array_add (self->events, payload);
      else
        g_free (payload);
    }
  g_mutex_unlock (&self->mutex);

  wake (self);
}
