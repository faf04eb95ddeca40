#define G_LOG_DOMAIN "inb-service"

#include "inb-live.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-live-listener.h"
#include "inb-protocol.h"

#include <string.h>

#define PAGE_ROWS 1000
#define UNKNOWN G_GINT64_CONSTANT (-1)

/* One workspace with clients, or one that lately had some. */
typedef struct {
  char     *workspace_id;
  char     *epoch;
  gint64    told;       /* every change up to here was told, or UNKNOWN before the first client came */
  gint64    written;    /* the last change that came while it was UNKNOWN */
  gboolean  is_reading;
  gboolean  read_again;
} Place;

struct _InbLive {
  /* Owned */
  char            *conninfo;
  InbLiveListener *listener;
  GHashTable      *places; /* workspace id → Place */
  GCancellable    *cancellable;

  /* Borrowed */
  InbReaderPool   *readers;
  InbHub          *hub;
  InbCounters     *counters;
  InbWriter       *writer;
};

/* A read of the feed under way; it may end after the InbLive. */
typedef struct {
  InbLive      *live;
  GCancellable *cancellable;
  char         *workspace_id;
} Reading;

static void read_feed (InbLive *self,
                       Place   *place);

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->workspace_id);
  g_free (place->epoch);
  g_free (place);
}

static void
broadcast (InbLive    *self,
           const char *workspace_id,
           GBytes     *text,
           gint64      head)
{
  inb_counters_add (self->counters, INB_COUNTER_WS_EVENTS, 1);
  inb_counters_add (self->counters, INB_COUNTER_WS_BYTES, (gint64) g_bytes_get_size (text));
  inb_hub_broadcast (self->hub, workspace_id, text, head);
}

/* @rows: an array without brackets, or NULL when the clients shall pull. */
static void
tell_changes (InbLive       *self,
              Place         *place,
              gint64         from,
              gint64         to,
              gint64         head,
              const GString *rows)
{
  GString *json = g_string_new ("{\"event\":\"" INB_PROTOCOL_EVENT_CHANGES "\",\"data\":{");
  g_autoptr (GBytes) text = NULL;

  inb_json_append_member (json, "epoch", place->epoch);
  inb_json_append_member_integer (json, "from", from);
  inb_json_append_member_integer (json, "to", to);
  inb_json_append_member_integer (json, "head", head);
  if (rows != NULL && rows->len <= INB_PROTOCOL_MAX_CHANGES_EVENT)
    {
      gboolean has_brackets = rows->len > 0 && rows->str[0] == '[';

      inb_json_append_name (json, "rows");
      g_string_append (json, has_brackets ? "" : "[");
      g_string_append_len (json, rows->str, (gssize) rows->len);
      g_string_append (json, has_brackets ? "" : "]");
    }
  g_string_append (json, "}}");

  text = g_string_free_to_bytes (json);
  broadcast (self, place->workspace_id, text, head);
  place->told = to;
}

static void
on_written (const char *workspace_id,
            gint64      from,
            gint64      to,
            GString    *rows,
            GPtrArray  *events,
            gpointer    user_data)
{
  InbLive *self = user_data;
  Place *place = g_hash_table_lookup (self->places, workspace_id);

  inb_live_listener_notify (self->listener, workspace_id, events);
  if (place == NULL)
    return;
  if (to == 0)
    {
      read_feed (self, place); /* the writer's connection was lost: what it stored is for the feed to say */
      return;
    }
  if (place->told == UNKNOWN)
    {
      place->written = MAX (place->written, to); /* a client on its way in may have read the head before */
      return;
    }
  if (!inb_hub_has_clients (self->hub, workspace_id))
    {
      place->told = MAX (place->told, to);
      return;
    }

  /* What the feed was read for in between is told already. A client that lacks what lies before @from sees so and pulls. */
  if (from >= place->told)
    tell_changes (self, place, from, to, to, rows);
  else if (to > place->told)
    tell_changes (self, place, place->told, to, to, NULL);

  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      const char *event = g_ptr_array_index (events, i);
      g_autoptr (GBytes) text = g_bytes_new (event, strlen (event));

      broadcast (self, workspace_id, text, place->told);
    }
}

static void
tell_page (InbLive     *self,
           Place       *place,
           InbFeedPage *page)
{
  gboolean is_other_epoch = place->epoch != NULL && strcmp (place->epoch, page->epoch) != 0;

  /* The own writer was quicker: what it told is in this page too. */
  if (place->told != page->from)
    {
      place->read_again = place->read_again || page->head > place->told;
      return;
    }
  if (is_other_epoch)
    {
      g_free (place->epoch);
      place->epoch = g_strdup (page->epoch);
    }
  if (page->to > page->from || is_other_epoch)
    tell_changes (self, place, page->from, page->to, page->head, page->has_private ? NULL : page->rows);
  place->read_again = place->read_again || page->to < page->head;
}

static void
on_feed_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr (GCancellable) cancellable = reading->cancellable;
  g_autofree char *workspace_id = reading->workspace_id;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbFeedPage) page = NULL;
  InbLive *self = reading->live;
  Place *place;

  g_free (reading);
  page = inb_reader_pool_run_finish (INB_READER_POOL (source), result, &error);
  if (g_cancellable_is_cancelled (cancellable))
    return;

  place = g_hash_table_lookup (self->places, workspace_id);
  place->is_reading = FALSE;
  if (page != NULL)
    {
      tell_page (self, place, page);
    }
  else if (g_error_matches (error, INB_ERROR, INB_ERROR_RESYNC))
    {
      /* The database was set back: clients that come again learn it from their greeting. */
      place->told = UNKNOWN;
      inb_hub_close_all (self->hub);
    }
  else
    {
      g_debug ("Following %s: %s", workspace_id, error->message); /* tried again at the next look */
    }

  if (place->read_again && page != NULL)
    read_feed (self, place);
}

/* Reads what is behind the last change told, now or after the read under way. */
static void
read_feed (InbLive *self,
           Place   *place)
{
  InbFeedRequest *request;
  Reading *reading;

  place->read_again = place->is_reading || place->told == UNKNOWN;
  if (place->read_again || !inb_hub_has_clients (self->hub, place->workspace_id))
    return;

  request = g_new0 (InbFeedRequest, 1);
  request->workspace_id = g_strdup (place->workspace_id);
  request->since = place->told;
  request->limit = PAGE_ROWS;
  request->max_bytes = INB_PROTOCOL_MAX_CHANGES_EVENT;

  reading = g_new0 (Reading, 1);
  reading->live = self;
  reading->cancellable = g_object_ref (self->cancellable);
  reading->workspace_id = g_strdup (place->workspace_id);

  place->is_reading = TRUE;
  inb_counters_add (self->counters, INB_COUNTER_FEED_READS, 1);
  inb_reader_pool_run_async (self->readers, inb_feed_page_job, request, inb_feed_request_free, inb_feed_page_free, NULL,
                             on_feed_read, reading);
}

static void
look_everywhere (InbLive  *self,
                 gboolean  has_peers)
{
  GHashTableIter iter;
  gpointer place;

  if (self->writer != NULL)
    inb_writer_set_has_listeners (self->writer, has_peers || inb_hub_get_n_clients (self->hub) > 0);

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &place))
    read_feed (self, place);
}

static void
on_news (InbListenerNews  news,
         const char      *workspace_id,
         const char      *text,
         gpointer         user_data)
{
  InbLive *self = user_data;
  Place *place = workspace_id == NULL ? NULL : g_hash_table_lookup (self->places, workspace_id);

  if (news == INB_LISTENER_LOOK)
    {
      look_everywhere (self, text != NULL);
    }
  else if (place != NULL && news == INB_LISTENER_CHANGED)
    {
      read_feed (self, place);
    }
  else if (place != NULL && inb_hub_has_clients (self->hub, workspace_id))
    {
      g_autoptr (GBytes) event = g_bytes_new (text, strlen (text));

      broadcast (self, workspace_id, event, MAX (place->told, 0));
    }
}

/**
 * inb_live_new:
 * @conninfo: for a connection of its own, the service role's
 * @readers: (transfer none): reads the feed
 * @hub: (transfer none): the clients
 * @counters: (transfer none)
 *
 * Returns: (transfer full): an object that does nothing before its start
 */
InbLive *
inb_live_new (const char    *conninfo,
              InbReaderPool *readers,
              InbHub        *hub,
              InbCounters   *counters)
{
  InbLive *self = g_new0 (InbLive, 1);

  self->conninfo = g_strdup (conninfo);
  self->readers = readers;
  self->hub = hub;
  self->counters = counters;
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, place_free);
  self->cancellable = g_cancellable_new ();

  return self;
}

/**
 * inb_live_start:
 * @writer: (nullable) (transfer none): its changes are told from now on
 */
void
inb_live_start (InbLive   *self,
                InbWriter *writer)
{
  g_return_if_fail (self != NULL && self->listener == NULL);

  self->listener = inb_live_listener_new (self->conninfo, on_news, self);
  self->writer = writer;
  if (writer != NULL)
    inb_writer_set_changed (writer, on_written, self);
}

/**
 * inb_live_stop:
 *
 * Nothing is told any more, also of what the writer still finishes.
 */
void
inb_live_stop (InbLive *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->cancellable);
  if (self->writer != NULL)
    inb_writer_set_changed (g_steal_pointer (&self->writer), NULL, NULL);
  if (self->listener != NULL)
    inb_live_listener_stop (self->listener);
  g_clear_pointer (&self->listener, inb_live_listener_unref);
}

void
inb_live_free (InbLive *self)
{
  g_return_if_fail (self != NULL);

  inb_live_stop (self);
  g_hash_table_unref (self->places);
  g_object_unref (self->cancellable);
  g_free (self->conninfo);
  g_free (self);
}

/**
 * inb_live_watch:
 *
 * Notes the workspace, so that a change between reading its head and the client's greeting is not missed.
 */
void
inb_live_watch (InbLive    *self,
                const char *workspace_id)
{
  Place *place;

  g_return_if_fail (self != NULL && workspace_id != NULL);

  place = g_hash_table_lookup (self->places, workspace_id);
  if (place != NULL)
    {
      /* Without clients nobody followed other processes. */
      if (place->told != UNKNOWN && !place->is_reading && !inb_hub_has_clients (self->hub, workspace_id))
        {
          place->told = UNKNOWN;
          place->written = 0;
        }
      return;
    }

  place = g_new0 (Place, 1);
  place->workspace_id = g_strdup (workspace_id);
  place->told = UNKNOWN;
  g_hash_table_insert (self->places, place->workspace_id, place);
}

/**
 * inb_live_settle:
 * @head: as read after inb_live_watch()
 *
 * Call right before the client is handed to the hub.
 *
 * Returns: the change_seq up to which the client has to pull by itself
 */
gint64
inb_live_settle (InbLive           *self,
                 const char        *workspace_id,
                 const InbFeedHead *head)
{
  Place *place;

  g_return_val_if_fail (self != NULL && workspace_id != NULL, head->head);

  place = g_hash_table_lookup (self->places, workspace_id);
  g_return_val_if_fail (place != NULL, head->head);

  if (place->told == UNKNOWN)
    {
      g_free (place->epoch);
      place->epoch = g_strdup (head->epoch);
      place->told = MAX (head->head, place->written);
    }
  if (self->writer != NULL)
    inb_writer_set_has_listeners (self->writer, TRUE);

  return MAX (place->told, head->head);
}

/**
 * inb_live_follow:
 *
 * Call right after the client was handed to the hub.
 */
void
inb_live_follow (InbLive    *self,
                 const char *workspace_id)
{
  Place *place;

  g_return_if_fail (self != NULL && workspace_id != NULL);

  place = g_hash_table_lookup (self->places, workspace_id);
  if (place != NULL && place->read_again)
    read_feed (self, place);
}
