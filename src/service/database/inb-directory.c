#define G_LOG_DOMAIN "inb-service"

#include "inb-directory.h"

#include "inb-directory-load.h"
#include "inb-error.h"
#include "inb-uuid.h"

#include <string.h>

#define MAX_AGE (5 * G_TIME_SPAN_SECOND)
#define REFRESH_AGE (2 * G_TIME_SPAN_SECOND) /* used entries are read again before they expire, so that nobody waits */
#define MAX_ENTRIES 4096
#define MAX_TOKENS 65536
#define MAX_TOKEN_LENGTH 256

/* One webhook id or token hash: what is known of it, and who waits for it. */
typedef struct {
  gatomicrefcount  refs;
  InbDirectory    *directory;   /* borrowed; NULL once the entry was dropped */
  char            *key;
  gboolean         is_webhook;
  gpointer         value;       /* InbWebhook or InbSession, NULL when there is none of that key */
  gint64           loaded_at;   /* monotonic; 0 before the first answer */
  gboolean         is_loading;
  gboolean         is_outdated; /* changed while it was being read */
  GPtrArray       *waiting;     /* GTask */
} Entry;

struct _InbDirectory {
  GObject        parent_instance;

  /* Owned */
  InbReaderPool *readers;
  GHashTable    *webhooks; /* id → Entry */
  GHashTable    *sessions; /* hash → Entry */
  GHashTable    *tokens;   /* ids of every token that was let in */
};

enum {
  SESSION_REVOKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbDirectory, inb_directory, G_TYPE_OBJECT)

static void load (Entry *entry);

static void
entry_clear_value (Entry *entry)
{
  if (entry->value != NULL && entry->is_webhook)
    inb_webhook_unref (entry->value);
  else if (entry->value != NULL)
    inb_session_unref (entry->value);
  entry->value = NULL;
}

static Entry *
entry_ref (Entry *entry)
{
  g_atomic_ref_count_inc (&entry->refs);

  return entry;
}

static void
entry_unref (Entry *entry)
{
  if (!g_atomic_ref_count_dec (&entry->refs))
    return;

  entry_clear_value (entry);
  g_ptr_array_unref (entry->waiting);
  g_free (entry->key);
  g_free (entry);
}

static void
entry_detach (gpointer data)
{
  Entry *entry = data;

  entry->directory = NULL;
  entry_unref (entry);
}

static gint64
entry_get_age (Entry *entry)
{
  return entry->loaded_at == 0 ? G_MAXINT64 : g_get_monotonic_time () - entry->loaded_at;
}

static gboolean
is_idle_and_expired (gpointer key,
                     gpointer value,
                     gpointer user_data)
{
  Entry *entry = value;

  return !entry->is_loading && entry_get_age (entry) >= MAX_AGE;
}

static gboolean
is_idle (gpointer key,
         gpointer value,
         gpointer user_data)
{
  return !((Entry *) value)->is_loading;
}

static Entry *
get_entry (InbDirectory *self,
           GHashTable   *entries,
           const char   *key)
{
  Entry *entry = g_hash_table_lookup (entries, key);

  if (entry != NULL)
    return entry;

  /* Guessed ids fill the cache with answers of "no such thing", which may go first. */
  if (g_hash_table_size (entries) >= MAX_ENTRIES)
    g_hash_table_foreach_remove (entries, is_idle_and_expired, NULL);
  if (g_hash_table_size (entries) >= MAX_ENTRIES)
    g_hash_table_foreach_remove (entries, is_idle, NULL);

  entry = g_new0 (Entry, 1);
  g_atomic_ref_count_init (&entry->refs);
  entry->directory = self;
  entry->is_webhook = entries == self->webhooks;
  entry->key = g_strdup (key);
  entry->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_insert (entries, entry->key, entry);

  return entry;
}

static void
answer_task (Entry *entry,
             GTask *task)
{
  if (entry->value == NULL && entry->is_webhook)
    g_task_return_new_error (task, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no webhook of this id; check the address that it is sent to");
  else if (entry->value == NULL)
    g_task_return_new_error (task, INB_ERROR, INB_ERROR_UNAUTHORIZED, "The token is not known");
  else if (entry->is_webhook)
    g_task_return_pointer (task, inb_webhook_ref (entry->value), (GDestroyNotify) inb_webhook_unref);
  else
    g_task_return_pointer (task, inb_session_ref (entry->value), (GDestroyNotify) inb_session_unref);
}

static void
answer_waiting (Entry        *entry,
                const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&entry->waiting);

  entry->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        answer_task (entry, task);
    }
}

static gboolean
is_absent (const GError *error)
{
  return g_error_matches (error, INB_ERROR, INB_ERROR_NOT_FOUND) || g_error_matches (error, INB_ERROR, INB_ERROR_UNAUTHORIZED);
}

static void
remember_token (InbDirectory *self,
                InbSession   *session)
{
  if (g_hash_table_size (self->tokens) < MAX_TOKENS)
    g_hash_table_add (self->tokens, g_strdup (session->token_id));
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Entry *entry = user_data;
  g_autoptr (GError) error = NULL;
  gpointer value = inb_reader_pool_run_finish (NULL, result, &error);

  entry->is_loading = FALSE;
  if (entry->is_outdated && entry->directory != NULL)
    {
      g_clear_pointer (&value, entry->is_webhook ? (GDestroyNotify) inb_webhook_unref : (GDestroyNotify) inb_session_unref);
      load (entry);
      entry_unref (entry);
      return;
    }

  /* When the database cannot be asked, an entry lives on for the rest of its time only. */
  if (error == NULL || is_absent (error))
    {
      entry_clear_value (entry);
      entry->value = value;
      entry->loaded_at = g_get_monotonic_time ();
      if (value != NULL && !entry->is_webhook && entry->directory != NULL)
        remember_token (entry->directory, value);
      g_clear_error (&error);
    }
  answer_waiting (entry, error);
  entry_unref (entry);
}

static void
load (Entry *entry)
{
  InbReadFunc func = entry->is_webhook ? inb_directory_load_webhook : inb_directory_load_session;
  GDestroyNotify free_result = entry->is_webhook ? (GDestroyNotify) inb_webhook_unref : (GDestroyNotify) inb_session_unref;

  if (entry->is_loading)
    return;

  entry->is_loading = TRUE;
  entry->is_outdated = FALSE;
  inb_reader_pool_run_async (entry->directory->readers, func, g_strdup (entry->key), g_free, free_result, NULL,
                             on_loaded, entry_ref (entry));
}

static void
find_async (InbDirectory        *self,
            GHashTable          *entries,
            const char          *key,
            GTask               *task)
{
  Entry *entry = get_entry (self, entries, key);
  gint64 age = entry_get_age (entry);

  if (age < MAX_AGE)
    {
      if (age >= REFRESH_AGE)
        load (entry);
      answer_task (entry, task);
      return;
    }

  g_ptr_array_add (entry->waiting, g_object_ref (task));
  load (entry);
}

static void
inb_directory_finalize (GObject *object)
{
  InbDirectory *self = INB_DIRECTORY (object);

  g_hash_table_unref (self->webhooks);
  g_hash_table_unref (self->sessions);
  g_hash_table_unref (self->tokens);
  g_object_unref (self->readers);

  G_OBJECT_CLASS (inb_directory_parent_class)->finalize (object);
}

static void
inb_directory_class_init (InbDirectoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = inb_directory_finalize;

  signals[SESSION_REVOKED] = g_signal_new ("session-revoked", INB_TYPE_DIRECTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
inb_directory_init (InbDirectory *self)
{
  self->webhooks = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_detach);
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_detach);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

InbDirectory *
inb_directory_new (InbReaderPool *readers)
{
  InbDirectory *self;

  g_return_val_if_fail (INB_IS_READER_POOL (readers), NULL);

  self = g_object_new (INB_TYPE_DIRECTORY, NULL);
  self->readers = g_object_ref (readers);

  return self;
}

/**
 * inb_directory_peek_webhook:
 *
 * Returns: (transfer full) (nullable): the webhook when it is cached; %NULL otherwise, also when there is none of that id
 */
InbWebhook *
inb_directory_peek_webhook (InbDirectory *self,
                            const char   *webhook_id)
{
  Entry *entry;
  gint64 age;

  g_return_val_if_fail (INB_IS_DIRECTORY (self) && webhook_id != NULL, NULL);

  entry = g_hash_table_lookup (self->webhooks, webhook_id);
  age = entry == NULL ? G_MAXINT64 : entry_get_age (entry);
  if (age >= MAX_AGE || entry->value == NULL)
    return NULL;

  if (age >= REFRESH_AGE)
    load (entry);

  return inb_webhook_ref (entry->value);
}

void
inb_directory_find_webhook_async (InbDirectory        *self,
                                  const char          *webhook_id,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *id = NULL;

  g_return_if_fail (INB_IS_DIRECTORY (self) && webhook_id != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, inb_directory_find_webhook_async);
  id = inb_uuid_normalize (webhook_id);
  if (id == NULL)
    g_task_return_new_error (task, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no webhook of this id; check the address that it is sent to");
  else
    find_async (self, self->webhooks, id, task);
}

InbWebhook *
inb_directory_find_webhook_finish (InbDirectory  *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
inb_directory_find_session_async (InbDirectory        *self,
                                  const char          *token,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *hash = NULL;

  g_return_if_fail (INB_IS_DIRECTORY (self) && token != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, inb_directory_find_session_async);
  if (strnlen (token, MAX_TOKEN_LENGTH + 1) > MAX_TOKEN_LENGTH)
    {
      g_task_return_new_error (task, INB_ERROR, INB_ERROR_UNAUTHORIZED, "The token is not known");
      return;
    }

  /* Only the hash is kept: no token in memory longer than its request. */
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  find_async (self, self->sessions, hash, task);
}

InbSession *
inb_directory_find_session_finish (InbDirectory  *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* An entry that is being read may already have its old answer. */
static void
outdate (Entry *entry)
{
  entry->loaded_at = 0;
  entry->is_outdated = entry->is_loading;
}

/**
 * inb_directory_drop:
 *
 * Forgets what is known of a webhook or of a token's sessions, and emits "session-revoked" for it: its sockets close,
 * and those that still may come back do.
 */
void
inb_directory_drop (InbDirectory *self,
                    const char   *webhook_or_token_id)
{
  GHashTableIter iter;
  gpointer value;
  Entry *webhook;

  g_return_if_fail (INB_IS_DIRECTORY (self) && webhook_or_token_id != NULL);

  webhook = g_hash_table_lookup (self->webhooks, webhook_or_token_id);
  if (webhook != NULL)
    outdate (webhook);

  /* A token is cached under its hash, and a new one's "not known" tells no id: those are few and cheap to read again. */
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;
      InbSession *session = entry->value;

      if (session == NULL || g_str_equal (session->token_id, webhook_or_token_id))
        outdate (entry);
    }

  g_hash_table_remove (self->tokens, webhook_or_token_id);
  g_signal_emit (self, signals[SESSION_REVOKED], 0, webhook_or_token_id);
}

static void
on_lost_tokens (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (InbDirectory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lost = inb_reader_pool_run_finish (self->readers, result, &error);

  if (lost == NULL)
    {
      g_warning ("Looking for tokens that were revoked meanwhile: %s", error->message);
      return;
    }

  for (guint i = 0; lost[i] != NULL; i++)
    inb_directory_drop (self, lost[i]);
}

/**
 * inb_directory_recheck:
 *
 * For the time after notifications may have been missed: forgets everything and drops the tokens that are gone.
 */
void
inb_directory_recheck (InbDirectory *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (INB_IS_DIRECTORY (self));

  g_hash_table_iter_init (&iter, self->webhooks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    outdate (value);
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    outdate (value);

  if (g_hash_table_size (self->tokens) > 0)
    {
      g_autofree gpointer *keys = g_hash_table_get_keys_as_array (self->tokens, NULL);

      inb_reader_pool_run_async (self->readers, inb_directory_load_lost_tokens, g_strdupv ((GStrv) keys),
                                 (GDestroyNotify) g_strfreev, (GDestroyNotify) g_strfreev, NULL,
                                 on_lost_tokens, g_object_ref (self));
    }
}
