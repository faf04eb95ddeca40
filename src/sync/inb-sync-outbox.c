#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-outbox.h"

#include "inb-error.h"
#include "inb-sync-answers.h"
#include "inb-sync-backoff.h"

/* The service takes 500 mutations and 1 MiB. */
#define MAX_MUTATIONS 500
#define MAX_BYTES (900 * 1024)
/* One that the service fails at so often, alone, does not hold up the others any longer. */
#define MAX_LONE_FAILURES 5

struct _InbSyncOutbox {
  GObject         parent_instance;

  /* Owned */
  InbReplica     *replica;
  InbSyncHttp    *http;        /* NULL while stopped */
  char           *path;
  GCancellable   *cancellable; /* of this run; NULL while stopped */
  GPtrArray      *mutations;   /* on their way */
  InbSyncBackoff  backoff;
  guint           retry_source;

  guint           max;         /* mutations a request: fewer while one that is refused is looked for */
  guint           n_lone_failures;
  gboolean        is_busy;
  gboolean        is_wanted;   /* there may be more to send */
};

enum {
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbSyncOutbox, inb_sync_outbox, G_TYPE_OBJECT)

static void send_more (InbSyncOutbox *self);

/* Of a request under way: which run it belongs to. */
typedef struct {
  InbSyncOutbox *outbox;
  GCancellable  *cancellable;
} Call;

static Call *
call_new (InbSyncOutbox *self)
{
  Call *call = g_new0 (Call, 1);

  call->outbox = g_object_ref (self);
  call->cancellable = g_object_ref (self->cancellable);

  return call;
}

static void
call_free (Call *call)
{
  g_object_unref (call->outbox);
  g_object_unref (call->cancellable);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* What comes of an earlier run counts for nothing: it is sent again. */
static gboolean
is_current (const Call *call)
{
  return call->outbox->cancellable == call->cancellable;
}

static void
become_idle (InbSyncOutbox *self)
{
  self->is_busy = FALSE;
  g_clear_pointer (&self->mutations, g_ptr_array_unref);
}

static gboolean
on_retry (gpointer user_data)
{
  InbSyncOutbox *self = user_data;

  self->retry_source = 0;
  send_more (self);

  return G_SOURCE_REMOVE;
}

static void
try_later (InbSyncOutbox *self,
           const GError  *error,
           gint64         retry_after_ms)
{
  gint64 wait_ms = inb_sync_backoff_next (&self->backoff, g_random_double (), retry_after_ms);

  g_debug ("Sending edits again in %" G_GINT64_FORMAT " ms: %s", wait_ms, error->message);
  become_idle (self);
  self->retry_source = g_timeout_add ((guint) wait_ms, on_retry, self);
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  InbSyncOutbox *self = call->outbox;
  g_autoptr (GError) error = NULL;
  gboolean done = inb_replica_answer_outbox_finish (INB_REPLICA (source), result, &error);

  if (!is_current (call))
    return;
  if (!done)
    {
      g_message ("%s", error->message);
      try_later (self, error, 0);
      return;
    }

  become_idle (self);
  send_more (self);
}

static void
store_answers (InbSyncOutbox *self,
               GPtrArray     *results)
{
  inb_replica_answer_outbox_async (self->replica, results, on_answered, call_new (self));
}

static GPtrArray *
reject_all (InbSyncOutbox *self,
            InbErrorCode   code,
            const GError  *error)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_mutation_result_unref);

  for (guint i = 0; i < self->mutations->len; i++)
    {
      const InbMutation *mutation = g_ptr_array_index (self->mutations, i);
      InbMutationResult *result = inb_mutation_result_new (mutation->id, INB_MUTATION_REJECTED);

      inb_mutation_result_reject (result, code, error->message);
      g_ptr_array_add (results, result);
    }

  return results;
}

/* The whole request: one of them is such that the service refuses it, which is looked for by sending fewer. */
static void
take_refusal (InbSyncOutbox *self,
              InbErrorCode   code,
              const GError  *error)
{
  g_autoptr (GPtrArray) results = NULL;

  if (self->mutations->len > 1)
    {
      self->max = self->mutations->len / 2;
      become_idle (self);
      send_more (self);
      return;
    }

  g_message ("The server refuses an edit: %s", error->message);
  results = reject_all (self, code, error);
  store_answers (self, results);
}

/* The service fails at one of them, or at everything just now. */
static void
take_breakdown (InbSyncOutbox *self,
                const GError  *error,
                gint64         retry_after_ms)
{
  if (self->mutations->len > 1)
    self->max = self->mutations->len / 2;
  else if (++self->n_lone_failures >= MAX_LONE_FAILURES)
    {
      self->n_lone_failures = 0;
      take_refusal (self, INB_ERROR_INTERNAL, error);
      return;
    }

  try_later (self, error, retry_after_ms);
}

/* The role has become too low for all of them. */
static void
take_prohibition (InbSyncOutbox *self,
                  const GError  *error)
{
  g_autoptr (GPtrArray) results = reject_all (self, INB_ERROR_FORBIDDEN, error);

  store_answers (self, results);
  g_signal_emit (self, signals[REFUSED], 0, error);
}

static void
take_failure (InbSyncOutbox *self,
              const GError  *error,
              guint          status,
              gint64         retry_after_ms)
{
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      become_idle (self);
      g_signal_emit (self, signals[REFUSED], 0, error);
      break;

    case SOUP_STATUS_FORBIDDEN:
      take_prohibition (self, error);
      break;

    case SOUP_STATUS_BAD_REQUEST:
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
    case SOUP_STATUS_UNPROCESSABLE_ENTITY:
      take_refusal (self, status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE ? INB_ERROR_TOO_LARGE : INB_ERROR_UNPROCESSABLE, error);
      break;

    case SOUP_STATUS_INTERNAL_SERVER_ERROR:
      take_breakdown (self, error, retry_after_ms);
      break;

    default:
      try_later (self, error, retry_after_ms);
    }
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  InbSyncOutbox *self = call->outbox;
  gint64 retry_after_ms;
  g_autoptr (GError) error = NULL;
  guint status = inb_sync_http_get_status (result);
  g_autoptr (GBytes) body = inb_sync_http_get_finish (INB_SYNC_HTTP (source), result, &retry_after_ms, &error);
  g_autoptr (GPtrArray) results = NULL;

  if (!is_current (call))
    return;
  if (body == NULL)
    {
      take_failure (self, error, status, retry_after_ms);
      return;
    }
  results = inb_sync_answers_read (body, self->mutations, &error);
  if (results == NULL)
    {
      try_later (self, error, 0);
      return;
    }

  inb_sync_backoff_reset (&self->backoff);
  self->n_lone_failures = 0;
  self->max = MIN (self->max * 2, MAX_MUTATIONS);
  store_answers (self, results);
}

static void
on_peeked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  InbSyncOutbox *self = call->outbox;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mutations = inb_replica_peek_outbox_finish (INB_REPLICA (source), result, &error);
  g_autoptr (GBytes) body = NULL;

  if (!is_current (call))
    return;
  if (mutations == NULL)
    {
      try_later (self, error, 0);
      return;
    }
  if (mutations->len == 0)
    {
      become_idle (self);
      if (self->is_wanted)
        send_more (self);
      return;
    }

  self->mutations = g_steal_pointer (&mutations);
  body = inb_sync_answers_ask (self->mutations);
  inb_sync_http_post_async (self->http, self->path, body, self->cancellable, on_sent, call_new (self));
}

static void
send_more (InbSyncOutbox *self)
{
  self->is_wanted = TRUE;
  if (self->cancellable == NULL || self->is_busy || self->retry_source != 0)
    return;

  self->is_busy = TRUE;
  self->is_wanted = FALSE;
  inb_replica_peek_outbox_async (self->replica, self->max, MAX_BYTES, on_peeked, call_new (self));
}

static void
on_outbox_changed (InbReplica    *replica,
                   InbSyncOutbox *self)
{
  if (inb_replica_get_outbox_counts (replica).n_waiting > 0)
    send_more (self);
}

static void
inb_sync_outbox_dispose (GObject *object)
{
  inb_sync_outbox_stop (INB_SYNC_OUTBOX (object));

  G_OBJECT_CLASS (inb_sync_outbox_parent_class)->dispose (object);
}

static void
inb_sync_outbox_finalize (GObject *object)
{
  InbSyncOutbox *self = INB_SYNC_OUTBOX (object);

  g_clear_object (&self->replica);
  g_free (self->path);

  G_OBJECT_CLASS (inb_sync_outbox_parent_class)->finalize (object);
}

static void
inb_sync_outbox_class_init (InbSyncOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_sync_outbox_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_sync_outbox_finalize;

  /**
   * InbSyncOutbox::refused:
   * @error: %INB_ERROR_UNAUTHORIZED or %INB_ERROR_FORBIDDEN
   */
  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
inb_sync_outbox_init (InbSyncOutbox *self)
{
  self->max = MAX_MUTATIONS;
}

/**
 * inb_sync_outbox_new:
 *
 * Returns: (transfer full): it sends nothing until it is started
 */
InbSyncOutbox *
inb_sync_outbox_new (InbReplica *replica)
{
  InbSyncOutbox *self;

  g_return_val_if_fail (INB_IS_REPLICA (replica), NULL);

  self = g_object_new (INB_TYPE_SYNC_OUTBOX, NULL);
  self->replica = g_object_ref (replica);
  g_signal_connect_object (replica, "outbox-changed", G_CALLBACK (on_outbox_changed), self, 0);

  return self;
}

/**
 * inb_sync_outbox_start:
 *
 * Sends what waits, and whatever is done from now on.
 */
void
inb_sync_outbox_start (InbSyncOutbox *self,
                       InbSyncHttp   *http,
                       const char    *workspace_id)
{
  g_autofree char *workspace = NULL;

  g_return_if_fail (INB_IS_SYNC_OUTBOX (self) && INB_IS_SYNC_HTTP (http) && workspace_id != NULL);

  if (self->cancellable != NULL)
    return;

  workspace = g_uri_escape_string (workspace_id, NULL, FALSE);
  g_free (self->path);
  self->path = g_strconcat ("/api/mutations?workspace_id=", workspace, NULL);
  self->http = g_object_ref (http);
  self->cancellable = g_cancellable_new ();
  inb_sync_backoff_reset (&self->backoff);
  send_more (self);
}

/**
 * inb_sync_outbox_stop:
 *
 * What is on its way may have been done or not; it is sent again.
 */
void
inb_sync_outbox_stop (InbSyncOutbox *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  g_return_if_fail (INB_IS_SYNC_OUTBOX (self));

  g_clear_handle_id (&self->retry_source, g_source_remove);
  cancellable = g_steal_pointer (&self->cancellable);
  if (cancellable == NULL)
    return;

  become_idle (self);
  g_cancellable_cancel (cancellable);
  g_clear_object (&self->http);
}
