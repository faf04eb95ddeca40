#define G_LOG_DOMAIN "inb-service"

#include "inb-token-uses.h"

#include "inb-db.h"
#include "inb-params.h"
#include "inb-sql.h"
#include "inb-time.h"

#define INTERVAL G_TIME_SPAN_MINUTE
#define GATHER G_TIME_SPAN_SECOND  /* a desktop that starts asks for several things, and many start at nine */
#define MAX_NOTED 4096             /* beyond, what is older than the interval is forgotten */

struct _InbTokenUses {
  /* Owned */
  char       *conninfo;
  GThread    *thread;     /* NULL once it was stopped */
  GMutex      mutex;
  GCond       wake;

  /* Only on the main loop */
  GHashTable *noted;      /* token id → gint64, monotonic */

  /* Only with the mutex */
  GHashTable *pending;    /* workspace id → GHashTable of token ids */
  gboolean    is_stopped;
};

static GHashTable *
new_pending (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
}

/* --- on the thread ------------------------------------------------------------------------------------------------------ */

static gboolean
store_workspace (InbDb       *db,
                 const char  *workspace_id,
                 GHashTable  *tokens,
                 GError     **error)
{
  g_autofree const char **ids = (const char **) g_hash_table_get_keys_as_array (tokens, NULL);
  g_autofree char *array = inb_params_to_array (ids);
  g_autofree char *now = inb_time_format (inb_time_now ());
  g_autofree char *begin = inb_db_set_workspace_sql (db, workspace_id);
  const char *params[] = { workspace_id, array, now };
  g_autoptr (PGresult) result = NULL;

  if (!inb_db_exec (db, begin, error))
    return FALSE;

  result = inb_db_query (db, inb_sql_get ("upkeep/note-token-uses"), G_N_ELEMENTS (params), params, error);

  return result != NULL && inb_db_exec (db, inb_sql_get ("write/commit"), error);
}

static void
store (InbTokenUses *self,
       GHashTable   *pending)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbDb) db = inb_db_connect (self->conninfo, &error);
  GHashTableIter iter;
  gpointer workspace_id, tokens;

  if (db == NULL || !inb_db_exec (db, inb_sql_get ("session-writer"), &error))
    {
      g_warning ("Storing when tokens were used, which are noted again within a minute: %s", error->message);
      return;
    }

  g_hash_table_iter_init (&iter, pending);
  while (g_hash_table_iter_next (&iter, &workspace_id, &tokens))
    {
      if (!store_workspace (db, workspace_id, tokens, &error))
        {
          g_warning ("Storing when tokens of workspace %s were used: %s", (const char *) workspace_id, error->message);
          return;
        }
    }
}

/* (transfer full) (nullable): what has gathered; NULL once it is stopped and all is stored */
static GHashTable *
take_pending (InbTokenUses *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GHashTable *pending;
  gint64 deadline;

  while (!self->is_stopped && g_hash_table_size (self->pending) == 0)
    g_cond_wait (&self->wake, &self->mutex);

  deadline = g_get_monotonic_time () + GATHER;
  while (!self->is_stopped && g_cond_wait_until (&self->wake, &self->mutex, deadline))
    ;
  if (g_hash_table_size (self->pending) == 0)
    return NULL;

  pending = g_steal_pointer (&self->pending);
  self->pending = new_pending ();

  return pending;
}

static gpointer
run (gpointer data)
{
  InbTokenUses *self = data;
  GHashTable *pending;

  while ((pending = take_pending (self)) != NULL)
    {
      store (self, pending);
      g_hash_table_unref (pending);
    }

  return NULL;
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_token_uses_new:
 * @conninfo: libpq's connection string of the service role
 *
 * Returns: (transfer full): uses that nothing is noted of; the thread has started
 */
InbTokenUses *
inb_token_uses_new (const char *conninfo)
{
  InbTokenUses *self = g_new0 (InbTokenUses, 1);

  self->conninfo = g_strdup (conninfo);
  self->noted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->pending = new_pending ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  self->thread = g_thread_new ("token-uses", run, self);

  return self;
}

void
inb_token_uses_stop (InbTokenUses *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->thread, g_thread_join);
}

void
inb_token_uses_free (InbTokenUses *self)
{
  if (self == NULL)
    return;

  inb_token_uses_stop (self);
  g_hash_table_unref (self->pending);
  g_hash_table_unref (self->noted);
  g_cond_clear (&self->wake);
  g_mutex_clear (&self->mutex);
  g_free (self->conninfo);
  g_free (self);
}

static gboolean
is_old (gpointer key,
        gpointer value,
        gpointer user_data)
{
  return *(gint64 *) user_data - *(gint64 *) value >= INTERVAL;
}

/* FALSE: not long ago */
static gboolean
is_due (InbTokenUses *self,
        const char   *token_id)
{
  gint64 now = g_get_monotonic_time ();
  gint64 *noted = g_hash_table_lookup (self->noted, token_id);

  if (noted != NULL && now - *noted < INTERVAL)
    return FALSE;

  if (noted == NULL && g_hash_table_size (self->noted) >= MAX_NOTED)
    g_hash_table_foreach_remove (self->noted, is_old, &now);
  if (noted == NULL)
    {
      noted = g_new (gint64, 1);
      g_hash_table_insert (self->noted, g_strdup (token_id), noted);
    }
  *noted = now;

  return TRUE;
}

void
inb_token_uses_note (InbTokenUses *self,
                     const char   *workspace_id,
                     const char   *token_id)
{
  g_autoptr (GMutexLocker) locker = NULL;
  GHashTable *tokens;

  g_return_if_fail (self != NULL && workspace_id != NULL && token_id != NULL);

  if (self->thread == NULL || !is_due (self, token_id))
    return;

  locker = g_mutex_locker_new (&self->mutex);
  tokens = g_hash_table_lookup (self->pending, workspace_id);
  if (tokens == NULL)
    {
      tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->pending, g_strdup (workspace_id), tokens);
    }
  g_hash_table_add (tokens, g_strdup (token_id));
  g_cond_signal (&self->wake);
}
