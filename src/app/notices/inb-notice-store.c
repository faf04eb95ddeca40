#define G_LOG_DOMAIN "inb-app"

#include "inb-notice-store.h"

#include "inb-time.h"

#include <gio/gio.h>

#define SAVE_MSEC 200

#define GROUP_SNOOZED "snoozed"
#define GROUP_TOLD "told"
#define GROUP_STATE "state"

struct _InbNoticeStore {
  GObject   parent_instance;

  /* Owned */
  char     *path;
  GKeyFile *file;
  guint     timer;

  guint     changes;     /* how often it changed */
  gboolean  is_saving;

  /* Under the lock: also used on the thread */
  GMutex    lock;
  guint     saved;       /* the last change that is in the file */
};

typedef struct {
  char  *content;
  guint  changes;        /* what of them is in it */
} Save;

G_DEFINE_FINAL_TYPE (InbNoticeStore, inb_notice_store, G_TYPE_OBJECT)

static gboolean on_timer (gpointer user_data);

/* --- saving ------------------------------------------------------------------------------------------------------------- */

static Save *
save_new (InbNoticeStore *self)
{
  Save *save = g_new0 (Save, 1);

  save->content = g_key_file_to_data (self->file, NULL, NULL);
  save->changes = self->changes;

  return save;
}

static void
save_free (gpointer data)
{
  Save *save = data;

  g_free (save->content);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

/* A thread that comes late must not put back what is old. */
static gboolean
write_file (InbNoticeStore  *self,
            const Save      *save,
            GError         **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (save->changes <= self->saved)
    return TRUE;
  if (!g_file_set_contents_full (self->path, save->content, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    {
      g_prefix_error (error, "Keeping reminders: ");
      return FALSE;
    }

  self->saved = save->changes;

  return TRUE;
}

static void
save_on_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_file (source_object, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  InbNoticeStore *self = INB_NOTICE_STORE (source);
  g_autoptr (GError) error = NULL;

  self->is_saving = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("%s", error->message);
  else if (self->changes != self->saved && self->timer == 0)
    self->timer = g_timeout_add (SAVE_MSEC, on_timer, self);
}

static gboolean
on_timer (gpointer user_data)
{
  InbNoticeStore *self = user_data;
  g_autoptr (GTask) task = NULL;

  self->timer = 0;
  if (self->is_saving)
    return G_SOURCE_REMOVE;

  self->is_saving = TRUE;
  task = g_task_new (self, NULL, on_saved, NULL);
  g_task_set_task_data (task, save_new (self), save_free);
  g_task_run_in_thread (task, save_on_thread);

  return G_SOURCE_REMOVE;
}

static void
save_soon (InbNoticeStore *self)
{
  self->changes++;
  if (self->timer == 0 && !self->is_saving)
    self->timer = g_timeout_add (SAVE_MSEC, on_timer, self);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_notice_store_finalize (GObject *object)
{
  InbNoticeStore *self = INB_NOTICE_STORE (object);

  inb_notice_store_flush (self);
  g_mutex_clear (&self->lock);
  g_key_file_unref (self->file);
  g_free (self->path);

  G_OBJECT_CLASS (inb_notice_store_parent_class)->finalize (object);
}

static void
inb_notice_store_class_init (InbNoticeStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_notice_store_finalize;
}

static void
inb_notice_store_init (InbNoticeStore *self)
{
  self->file = g_key_file_new ();
  g_mutex_init (&self->lock);
}

InbNoticeStore *
inb_notice_store_new (const char *path)
{
  InbNoticeStore *self = g_object_new (INB_TYPE_NOTICE_STORE, NULL);
  g_autoptr (GError) error = NULL;

  self->path = g_strdup (path);
  if (!g_key_file_load_from_file (self->file, path, G_KEY_FILE_NONE, &error) &&
      !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_warning ("Reading kept reminders: %s", error->message);
      g_key_file_unref (self->file);
      self->file = g_key_file_new ();
    }

  return self;
}

static gint64
get_time (InbNoticeStore *self,
          const char     *group,
          const char     *key)
{
  g_autoptr (GError) error = NULL;
  gint64 time = g_key_file_get_int64 (self->file, group, key, &error);

  return error == NULL ? time : INB_TIME_NONE;
}

static void
remove_key (InbNoticeStore *self,
            const char     *group,
            const char     *key)
{
  if (g_key_file_remove_key (self->file, group, key, NULL))
    save_soon (self);
}

/* --- snoozed ------------------------------------------------------------------------------------------------------------ */

void
inb_notice_store_snooze (InbNoticeStore *self,
                         const char     *lead_id,
                         gint64          until)
{
  g_return_if_fail (INB_IS_NOTICE_STORE (self) && lead_id != NULL);

  g_key_file_set_int64 (self->file, GROUP_SNOOZED, lead_id, until);
  save_soon (self);
}

gint64
inb_notice_store_get_next_snooze (InbNoticeStore *self)
{
  g_auto (GStrv) ids = NULL;
  gint64 next = INB_TIME_NONE;

  g_return_val_if_fail (INB_IS_NOTICE_STORE (self), INB_TIME_NONE);

  ids = g_key_file_get_keys (self->file, GROUP_SNOOZED, NULL, NULL);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      gint64 at = get_time (self, GROUP_SNOOZED, ids[i]);

      if (at != INB_TIME_NONE && (next == INB_TIME_NONE || at < next))
        next = at;
    }

  return next;
}

GStrv
inb_notice_store_take_snoozed (InbNoticeStore *self,
                               gint64          now)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (GStrvBuilder) due = g_strv_builder_new ();

  g_return_val_if_fail (INB_IS_NOTICE_STORE (self), NULL);

  ids = g_key_file_get_keys (self->file, GROUP_SNOOZED, NULL, NULL);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      gint64 at = get_time (self, GROUP_SNOOZED, ids[i]);

      if (at != INB_TIME_NONE && at > now)
        continue;
      if (at != INB_TIME_NONE)
        g_strv_builder_add (due, ids[i]);
      remove_key (self, GROUP_SNOOZED, ids[i]);
    }

  return g_strv_builder_end (due);
}

/* --- follow-ups --------------------------------------------------------------------------------------------------------- */

gboolean
inb_notice_store_tell (InbNoticeStore *self,
                       const char     *lead_id,
                       gint64          at)
{
  g_return_val_if_fail (INB_IS_NOTICE_STORE (self) && lead_id != NULL, TRUE);

  if (get_time (self, GROUP_TOLD, lead_id) == at)
    return TRUE;

  g_key_file_set_int64 (self->file, GROUP_TOLD, lead_id, at);
  save_soon (self);

  return FALSE;
}

void
inb_notice_store_forget_told (InbNoticeStore *self,
                              gint64          before)
{
  g_auto (GStrv) ids = NULL;

  g_return_if_fail (INB_IS_NOTICE_STORE (self));

  ids = g_key_file_get_keys (self->file, GROUP_TOLD, NULL, NULL);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      if (get_time (self, GROUP_TOLD, ids[i]) < before)
        remove_key (self, GROUP_TOLD, ids[i]);
    }
}

gint64
inb_notice_store_get_first (InbNoticeStore *self,
                            gint64          now)
{
  gint64 first;

  g_return_val_if_fail (INB_IS_NOTICE_STORE (self), now);

  first = get_time (self, GROUP_STATE, "first");
  if (first != INB_TIME_NONE)
    return first;

  g_key_file_set_int64 (self->file, GROUP_STATE, "first", now);
  save_soon (self);

  return now;
}

gint64
inb_notice_store_get_checked (InbNoticeStore *self)
{
  g_return_val_if_fail (INB_IS_NOTICE_STORE (self), INB_TIME_NONE);

  return get_time (self, GROUP_STATE, "checked");
}

void
inb_notice_store_set_checked (InbNoticeStore *self,
                              gint64          now)
{
  g_return_if_fail (INB_IS_NOTICE_STORE (self));

  g_key_file_set_int64 (self->file, GROUP_STATE, "checked", now);
  save_soon (self);
}

/* --- the rest ----------------------------------------------------------------------------------------------------------- */

char *
inb_notice_store_get_user_id (InbNoticeStore *self)
{
  g_return_val_if_fail (INB_IS_NOTICE_STORE (self), NULL);

  return g_key_file_get_string (self->file, GROUP_STATE, "user-id", NULL);
}

void
inb_notice_store_set_user_id (InbNoticeStore *self,
                              const char     *user_id)
{
  g_return_if_fail (INB_IS_NOTICE_STORE (self) && user_id != NULL);

  g_key_file_set_string (self->file, GROUP_STATE, "user-id", user_id);
  save_soon (self);
}

guint
inb_notice_store_get_quiet (InbNoticeStore *self,
                            gint64         *since)
{
  int count;

  g_return_val_if_fail (INB_IS_NOTICE_STORE (self), 0);

  count = g_key_file_get_integer (self->file, GROUP_STATE, "quiet-count", NULL);
  *since = get_time (self, GROUP_STATE, "quiet-since");

  return count > 0 && *since != INB_TIME_NONE ? (guint) count : 0;
}

void
inb_notice_store_add_quiet (InbNoticeStore *self,
                            gint64          created_at)
{
  gint64 since;
  guint count = inb_notice_store_get_quiet (self, &since);

  g_return_if_fail (INB_IS_NOTICE_STORE (self));

  g_key_file_set_integer (self->file, GROUP_STATE, "quiet-count", (int) count + 1);
  g_key_file_set_int64 (self->file, GROUP_STATE, "quiet-since", count > 0 ? MIN (since, created_at) : created_at);
  save_soon (self);
}

void
inb_notice_store_clear_quiet (InbNoticeStore *self)
{
  g_return_if_fail (INB_IS_NOTICE_STORE (self));

  remove_key (self, GROUP_STATE, "quiet-count");
  remove_key (self, GROUP_STATE, "quiet-since");
}

/**
 * inb_notice_store_flush:
 *
 * Writes what is not written yet, and blocks until then: for the end of the program.
 */
void
inb_notice_store_flush (InbNoticeStore *self)
{
  g_autoptr (Save) save = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (INB_IS_NOTICE_STORE (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->changes == 0)
    return;

  save = save_new (self);
  if (!write_file (self, save, &error))
    g_warning ("%s", error->message);
}
