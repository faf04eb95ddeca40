#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-puller.h"

#include "inb-error.h"
#include "inb-protocol.h"
#include "inb-sync-fetch.h"
#include "inb-sync-parse.h"
#include "inb-sync-position.h"

/* How many rows of a first sync wait for the replica at most. What has come while it was writing goes in one transaction. */
#define MAX_READY_ROWS 4000
/* Of a first sync's time, as measured with 100,000 leads. */
#define ORDERS_SHARE 0.14

struct _InbSyncPuller {
  GObject          parent_instance;

  /* Owned */
  InbReplica      *replica;
  InbSyncHttp     *http;
  char            *workspace_id; /* escaped */
  GTask           *task;         /* the run under way */
  GError          *error;        /* why it is ending */
  InbSyncPosition *position;     /* behind the last page that was fetched; NULL once the feed is followed */
  InbSnapshotPage *ready_page;   /* pages that were fetched, waiting for the replica */
  InbChanges      *ready_changes;

  gint64           started_at;   /* the cursor at the start of the feed */
  gint64           fetched_to;
  gint64           head;
  gint64           retry_after_ms;
  guint            n_orders;     /* indexes made at the end of a first sync */
  int              kind;         /* being fetched; an index of the position */
  gboolean         is_fetching;
  gboolean         is_applying;
  gboolean         has_more;     /* of the feed */
};

enum {
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbSyncPuller, inb_sync_puller, G_TYPE_OBJECT)

static void pump (InbSyncPuller *self);

/* (error: transfer full) */
static void
fail (InbSyncPuller *self,
      GError        *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

static void
start_feed (InbSyncPuller *self)
{
  g_clear_pointer (&self->position, inb_sync_position_free);
  self->started_at = inb_replica_get_cursor (self->replica);
  self->fetched_to = self->started_at;
  self->head = self->started_at;
  self->has_more = TRUE;
}

static void
on_applied (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbSyncPuller) self = user_data;
  GError *error = NULL;

  self->is_applying = FALSE;
  if (!inb_replica_apply_finish (self->replica, result, &error))
    fail (self, error);
  else
    g_signal_emit (self, signals[PROGRESS], 0);
  pump (self);
}

static void
on_snapshot_applied (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (InbSyncPuller) self = user_data;
  GError *error = NULL;

  self->is_applying = FALSE;
  if (!inb_replica_apply_snapshot_finish (self->replica, result, &error))
    fail (self, error);
  else if (inb_replica_get_snapshot_position (self->replica) == NULL)
    start_feed (self);
  if (error == NULL)
    g_signal_emit (self, signals[PROGRESS], 0);
  pump (self);
}

static void
on_order_added (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (InbSyncPuller) self = user_data;
  GError *error = NULL;

  self->is_applying = FALSE;
  self->n_orders++;
  if (!inb_replica_add_order_finish (self->replica, result, &error))
    fail (self, error);
  else
    g_signal_emit (self, signals[PROGRESS], 0);
  pump (self);
}

static void
apply_ready (InbSyncPuller *self)
{
  self->is_applying = TRUE;
  /* The last page would make the indexes in one go, and nobody could be told how far that is. */
  if (self->ready_page != NULL && self->ready_page->position == NULL && self->n_orders < INB_REPLICA_N_ORDERS)
    inb_replica_add_order_async (self->replica, self->n_orders, on_order_added, g_object_ref (self));
  else if (self->ready_page != NULL)
    inb_replica_apply_snapshot_async (self->replica, g_steal_pointer (&self->ready_page), on_snapshot_applied, g_object_ref (self));
  else
    inb_replica_apply_async (self->replica, g_steal_pointer (&self->ready_changes), on_applied, g_object_ref (self));
}

static void
on_changes (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbSyncPuller) self = user_data;
  GError *error = NULL;
  InbChanges *changes = inb_sync_fetch_finish (INB_SYNC_HTTP (source), result, &self->retry_after_ms, &error);

  self->is_fetching = FALSE;
  if (changes == NULL)
    {
      fail (self, error);
    }
  else if (changes->from != self->fetched_to || (changes->to == changes->from && changes->to < changes->head))
    {
      inb_changes_free (changes);
      fail (self, g_error_new (INB_ERROR, INB_ERROR_PROTOCOL, "The server's feed does not go on at %" G_GINT64_FORMAT, self->fetched_to));
    }
  else
    {
      self->fetched_to = changes->to;
      self->head = changes->head;
      self->has_more = changes->to < changes->head;
      if (changes->to > changes->from)
        self->ready_changes = changes;
      else
        inb_changes_free (changes);
    }
  pump (self);
}

/* (page: transfer full) */
static void
add_page (InbSyncPuller   *self,
          InbSnapshotPage *page)
{
  if (self->ready_page == NULL)
    {
      self->ready_page = page;
      return;
    }

  if (g_strcmp0 (self->ready_page->epoch, page->epoch) != 0)
    {
      fail (self, g_error_new (INB_ERROR, INB_ERROR_RESYNC, "The first sync began in epoch \"%s\", the server is in \"%s\"",
                               self->ready_page->epoch, page->epoch));
      inb_snapshot_page_free (page);
      return;
    }

  g_ptr_array_extend_and_steal (self->ready_page->rows, g_ptr_array_ref (page->rows));
  g_free (self->ready_page->position);
  self->ready_page->position = g_steal_pointer (&page->position);
  inb_snapshot_page_free (page);
}

/* Notes where the page leads, in the page. */
static void
take_page (InbSyncPuller   *self,
           InbSyncSnapshot *snapshot)
{
  InbSyncPositionKind *kind = &self->position->kinds[self->kind];
  InbSnapshotPage *page = g_steal_pointer (&snapshot->page);

  if (self->position->head < 0)
    self->position->head = page->head;
  page->head = self->position->head;
  g_free (kind->cursor);
  kind->cursor = g_steal_pointer (&snapshot->next_cursor);
  kind->is_done = kind->cursor == NULL;
  for (guint i = 0; i < page->rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (page->rows, i);

      if (inb_row_get_kind (row) != inb_sync_position_get_kind (self->kind))
        continue;
      kind->n_rows++;
      kind->lowest_seq = inb_row_get_seq (row);
    }
  page->position = inb_sync_position_to_text (self->position);
  add_page (self, page);
}

static void
on_snapshot (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (InbSyncPuller) self = user_data;
  g_autoptr (InbSyncSnapshot) snapshot = NULL;
  GError *error = NULL;

  snapshot = inb_sync_fetch_finish (INB_SYNC_HTTP (source), result, &self->retry_after_ms, &error);
  self->is_fetching = FALSE;
  if (snapshot != NULL)
    {
      take_page (self, snapshot);
    }
  else if (g_error_matches (error, INB_ERROR, INB_ERROR_NOT_FOUND) && self->position->head < 0)
    {
      /* A server that has no snapshots: the feed from the beginning holds the same. */
      g_error_free (error);
      start_feed (self);
    }
  else if (g_error_matches (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT))
    {
      /* The position that was kept is nothing to this server. */
      fail (self, g_error_new (INB_ERROR, INB_ERROR_RESYNC, "The first sync cannot go on: %s", error->message));
      g_error_free (error);
    }
  else
    {
      fail (self, error);
    }
  pump (self);
}

static void
fetch_snapshot (InbSyncPuller *self)
{
  GString *path = g_string_new ("/api/snapshot");
  const char *cursor;

  self->kind = inb_sync_position_get_next (self->position);
  cursor = self->position->kinds[self->kind].cursor;
  g_string_append_printf (path, "?workspace_id=%s&kind=%s&limit=%d", self->workspace_id,
                          inb_kind_get_name (inb_sync_position_get_kind (self->kind)), INB_PROTOCOL_MAX_PAGE);
  if (cursor != NULL)
    {
      g_string_append (path, "&cursor=");
      g_string_append_uri_escaped (path, cursor, NULL, FALSE);
    }
  inb_sync_fetch_async (self->http, path->str, (InbSyncParse) inb_sync_parse_snapshot, (GDestroyNotify) inb_sync_snapshot_free,
                        g_task_get_cancellable (self->task), on_snapshot, g_object_ref (self));
  g_string_free (path, TRUE);
}

static void
fetch_changes (InbSyncPuller *self)
{
  GString *path = g_string_new ("/api/changes");
  const char *epoch = inb_replica_get_epoch (self->replica);

  g_string_append_printf (path, "?workspace_id=%s&since=%" G_GINT64_FORMAT "&limit=%d", self->workspace_id, self->fetched_to,
                          INB_PROTOCOL_MAX_PAGE);
  if (*epoch != '\0')
    {
      g_string_append (path, "&epoch=");
      g_string_append_uri_escaped (path, epoch, NULL, FALSE);
    }
  inb_sync_fetch_async (self->http, path->str, (InbSyncParse) inb_sync_parse_changes, (GDestroyNotify) inb_changes_free,
                        g_task_get_cancellable (self->task), on_changes, g_object_ref (self));
  g_string_free (path, TRUE);
}

static gboolean
may_fetch (InbSyncPuller *self)
{
  if (self->is_fetching || self->ready_changes != NULL)
    return FALSE;
  if (self->ready_page != NULL && self->ready_page->rows->len >= MAX_READY_ROWS)
    return FALSE;
  if (self->position != NULL)
    return inb_sync_position_get_next (self->position) >= 0;

  return self->has_more;
}

static void
complete (InbSyncPuller *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_clear_pointer (&self->ready_page, inb_snapshot_page_free);
  g_clear_pointer (&self->ready_changes, inb_changes_free);
  g_clear_pointer (&self->position, inb_sync_position_free);
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* Starts whatever can go on; ends the run when nothing can. */
static void
pump (InbSyncPuller *self)
{
  if (self->error == NULL)
    {
      if (!self->is_applying && (self->ready_page != NULL || self->ready_changes != NULL))
        apply_ready (self);
      if (may_fetch (self))
        {
          self->is_fetching = TRUE;
          if (self->position != NULL)
            fetch_snapshot (self);
          else
            fetch_changes (self);
        }
    }
  if (!self->is_fetching && !self->is_applying)
    complete (self);
}

static void
inb_sync_puller_finalize (GObject *object)
{
  InbSyncPuller *self = INB_SYNC_PULLER (object);

  g_clear_object (&self->replica);
  g_clear_object (&self->http);
  g_free (self->workspace_id);

  G_OBJECT_CLASS (inb_sync_puller_parent_class)->finalize (object);
}

static void
inb_sync_puller_class_init (InbSyncPullerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_sync_puller_finalize;

  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_sync_puller_init (InbSyncPuller *self)
{
}

/**
 * inb_sync_puller_new:
 * @replica: open
 */
InbSyncPuller *
inb_sync_puller_new (InbReplica  *replica,
                     InbSyncHttp *http,
                     const char  *workspace_id)
{
  InbSyncPuller *self = g_object_new (INB_TYPE_SYNC_PULLER, NULL);

  self->replica = g_object_ref (replica);
  self->http = g_object_ref (http);
  self->workspace_id = g_uri_escape_string (workspace_id, NULL, FALSE);

  return self;
}

/**
 * inb_sync_puller_run_async:
 *
 * Pulls until the cursor is the server's head. Nobody else may apply anything meanwhile.
 */
void
inb_sync_puller_run_async (InbSyncPuller       *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  const char *position;

  g_return_if_fail (INB_IS_SYNC_PULLER (self) && self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  self->retry_after_ms = 0;
  self->n_orders = 0;
  position = inb_replica_get_snapshot_position (self->replica);
  if (position != NULL || inb_replica_get_cursor (self->replica) == 0)
    self->position = inb_sync_position_new (position);
  else
    start_feed (self);
  pump (self);
}

/**
 * inb_sync_puller_run_finish:
 * @retry_after_ms: (out): how long the server asked to wait, or 0
 *
 * Returns: %FALSE with %INB_ERROR_UNAUTHORIZED, %INB_ERROR_RESYNC, %INB_ERROR_CONNECTION or another; what was stored stays
 */
gboolean
inb_sync_puller_run_finish (InbSyncPuller  *self,
                            GAsyncResult   *result,
                            gint64         *retry_after_ms,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *retry_after_ms = self->retry_after_ms;

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What is stored already, which is where a first sync that is killed goes on: pages are fetched ahead of it. NULL: all of it. */
static InbSyncPosition *
read_stored_position (InbSyncPuller *self)
{
  if (inb_replica_get_cursor (self->replica) > 0)
    return NULL;

  return inb_sync_position_new (inb_replica_get_snapshot_position (self->replica));
}

/**
 * inb_sync_puller_get_progress:
 *
 * Returns: 0 to 1; of a first sync the feed that follows is not counted
 */
double
inb_sync_puller_get_progress (InbSyncPuller *self)
{
  g_return_val_if_fail (INB_IS_SYNC_PULLER (self), 0);

  if (self->position != NULL)
    {
      InbSyncPosition *stored = read_stored_position (self);
      double progress = self->n_orders > 0 ? 1 : inb_sync_position_get_progress (stored != NULL ? stored : self->position);

      g_clear_pointer (&stored, inb_sync_position_free);
      return progress * (1 - ORDERS_SHARE) + ORDERS_SHARE * self->n_orders / INB_REPLICA_N_ORDERS;
    }

  if (self->head <= self->started_at)
    return 1;

  return (double) (inb_replica_get_cursor (self->replica) - self->started_at) / (double) (self->head - self->started_at);
}

/**
 * inb_sync_puller_get_pending:
 *
 * Returns: about how many rows are still to come
 */
gint64
inb_sync_puller_get_pending (InbSyncPuller *self)
{
  g_return_val_if_fail (INB_IS_SYNC_PULLER (self), 0);

  if (self->position != NULL)
    return inb_sync_position_get_pending (self->position);

  return MAX (self->head - inb_replica_get_cursor (self->replica), 0);
}
