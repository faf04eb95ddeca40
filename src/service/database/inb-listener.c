#define G_LOG_DOMAIN "inb-service"

#include "inb-listener.h"

#include "inb-db.h"
#include "inb-sql.h"

#include <glib-unix.h>

#define FIRST_DELAY 100 /* milliseconds */
#define LONGEST_DELAY 5000

struct _InbListener {
  GObject       parent_instance;

  /* Owned */
  char         *conninfo;
  InbDb        *db;
  GCancellable *stopping;

  guint         socket_source;
  guint         retry_source;
  guint         delay; /* milliseconds */
};

enum {
  NOTIFIED,
  CONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbListener, inb_listener, G_TYPE_OBJECT)

static void connect_in_thread (InbListener *self);

static gboolean
on_retry (gpointer data)
{
  InbListener *self = data;

  self->retry_source = 0;
  connect_in_thread (self);

  return G_SOURCE_REMOVE;
}

static void
retry_later (InbListener *self)
{
  if (self->retry_source != 0 || g_cancellable_is_cancelled (self->stopping))
    return;

  self->retry_source = g_timeout_add (self->delay, on_retry, self);
  self->delay = MIN (self->delay * 2, LONGEST_DELAY);
}

static void
disconnect (InbListener *self)
{
  g_clear_handle_id (&self->socket_source, g_source_remove);
  g_clear_pointer (&self->db, inb_db_free);
}

static gboolean
on_readable (int          fd,
             GIOCondition condition,
             gpointer     data)
{
  g_autoptr (InbListener) self = g_object_ref (data);
  PGconn *connection = inb_db_get_connection (self->db);
  gboolean alive = PQconsumeInput (connection) == 1;

  while (self->db != NULL)
    {
      PGnotify *notify = PQnotifies (connection);

      if (notify == NULL)
        break;
      g_signal_emit (self, signals[NOTIFIED], 0, notify->relname, notify->extra, notify->be_pid);
      PQfreemem (notify);
    }

  if (self->db == NULL) /* stopped by a handler, which removed this source too */
    return G_SOURCE_REMOVE;
  if (alive)
    return G_SOURCE_CONTINUE;

  self->socket_source = 0;
  disconnect (self);
  retry_later (self);

  return G_SOURCE_REMOVE;
}

static void
connect_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbDb) db = inb_db_connect (task_data, &error);

  if (db != NULL && inb_db_exec (db, inb_sql_get ("directory/listen"), &error))
    g_task_return_pointer (task, g_steal_pointer (&db), (GDestroyNotify) inb_db_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  InbListener *self = INB_LISTENER (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbDb) db = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_cancellable_is_cancelled (self->stopping))
    return;
  if (db == NULL)
    {
      g_debug ("Listening for changes: %s", error->message);
      retry_later (self);
      return;
    }

  self->delay = FIRST_DELAY;
  self->db = g_steal_pointer (&db);
  self->socket_source = g_unix_fd_add (PQsocket (inb_db_get_connection (self->db)), G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, self);
  g_signal_emit (self, signals[CONNECTED], 0);
}

static void
connect_in_thread (InbListener *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->stopping, on_connected, NULL);

  g_task_set_source_tag (task, connect_in_thread);
  g_task_set_task_data (task, g_strdup (self->conninfo), g_free);
  g_task_run_in_thread (task, connect_thread);
}

static void
inb_listener_finalize (GObject *object)
{
  InbListener *self = INB_LISTENER (object);

  inb_listener_stop (self);
  g_object_unref (self->stopping);
  g_free (self->conninfo);

  G_OBJECT_CLASS (inb_listener_parent_class)->finalize (object);
}

static void
inb_listener_class_init (InbListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = inb_listener_finalize;

  signals[NOTIFIED] = g_signal_new ("notified", INB_TYPE_LISTENER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT);
  signals[CONNECTED] = g_signal_new ("connected", INB_TYPE_LISTENER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
}

static void
inb_listener_init (InbListener *self)
{
  self->stopping = g_cancellable_new ();
  self->delay = FIRST_DELAY;
}

InbListener *
inb_listener_new (const char *conninfo)
{
  InbListener *self;

  g_return_val_if_fail (conninfo != NULL, NULL);

  self = g_object_new (INB_TYPE_LISTENER, NULL);
  self->conninfo = g_strdup (conninfo);

  return self;
}

void
inb_listener_start (InbListener *self)
{
  g_return_if_fail (INB_IS_LISTENER (self) && self->db == NULL);

  connect_in_thread (self);
}

gboolean
inb_listener_is_connected (InbListener *self)
{
  g_return_val_if_fail (INB_IS_LISTENER (self), FALSE);

  return self->db != NULL;
}

void
inb_listener_stop (InbListener *self)
{
  g_return_if_fail (INB_IS_LISTENER (self));

  g_cancellable_cancel (self->stopping);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  disconnect (self);
}
