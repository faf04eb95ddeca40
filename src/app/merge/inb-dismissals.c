#define G_LOG_DOMAIN "inb-app"

#include "inb-dismissals.h"

#include "inb-uuid.h"

#include <string.h>

struct _InbDismissals {
  GObject     parent_instance;

  /* Owned */
  char       *path;
  GHashTable *pairs;   /* "id+id", the smaller one first, as a set */
};

typedef void (*DoPair) (InbDismissals *self,
                        char          *pair,
                        gpointer       data);

static guint changed_signal;

G_DEFINE_FINAL_TYPE (InbDismissals, inb_dismissals, G_TYPE_OBJECT)

/* --- the file ----------------------------------------------------------------------------------------------------------- */

static gboolean
is_pair (const char *line)
{
  g_auto (GStrv) ids = g_strsplit (line, "+", 3);

  return g_strv_length (ids) == 2 && inb_uuid_is_valid (ids[0]) && inb_uuid_is_valid (ids[1]);
}

static void
read_file (InbDismissals *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (self->path, &content, NULL, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_warning ("Reading who are different people: %s", error->message);
      return;
    }
  if (!g_utf8_validate (content, -1, NULL))
    {
      g_warning ("Reading who are different people: %s is no text", self->path);
      return;
    }

  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (is_pair (lines[i]))
        g_hash_table_add (self->pairs, g_strdup (lines[i]));
    }
}

/* A few lines, after a click: on a thread it could come too late for the end of the program. */
static gboolean
write_file (InbDismissals  *self,
            GError        **error)
{
  g_autoptr (GString) content = g_string_new (NULL);
  GHashTableIter iter;
  gpointer pair;

  g_hash_table_iter_init (&iter, self->pairs);
  while (g_hash_table_iter_next (&iter, &pair, NULL))
    g_string_append_printf (content, "%s\n", (const char *) pair);
  g_signal_emit (self, changed_signal, 0);
  if (g_file_set_contents_full (self->path, content->str, (gssize) content->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return TRUE;

  g_prefix_error (error, "Keeping who are different people: ");

  return FALSE;
}

/* --- pairs -------------------------------------------------------------------------------------------------------------- */

/* @do_pair takes the pair over. */
static void
for_each_pair (InbDismissals      *self,
               const InbDuplicate *duplicate,
               DoPair              do_pair,
               gpointer            data)
{
  for (guint i = 0; i < duplicate->contacts->len; i++)
    for (guint j = i + 1; j < duplicate->contacts->len; j++)
      {
        const char *one = inb_row_get_key (g_ptr_array_index (duplicate->contacts, i));
        const char *other = inb_row_get_key (g_ptr_array_index (duplicate->contacts, j));

        do_pair (self, strcmp (one, other) < 0 ? g_strconcat (one, "+", other, NULL) : g_strconcat (other, "+", one, NULL), data);
      }
}

static void
check_pair (InbDismissals *self,
            char          *pair,
            gpointer       data)
{
  *(gboolean *) data &= g_hash_table_contains (self->pairs, pair);
  g_free (pair);
}

static void
add_pair (InbDismissals *self,
          char          *pair,
          gpointer       data)
{
  g_hash_table_add (self->pairs, pair);
}

static void
remove_pair (InbDismissals *self,
             char          *pair,
             gpointer       data)
{
  g_hash_table_remove (self->pairs, pair);
  g_free (pair);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_dismissals_finalize (GObject *object)
{
  InbDismissals *self = INB_DISMISSALS (object);

  g_hash_table_unref (self->pairs);
  g_free (self->path);

  G_OBJECT_CLASS (inb_dismissals_parent_class)->finalize (object);
}

static void
inb_dismissals_class_init (InbDismissalsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_dismissals_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_dismissals_init (InbDismissals *self)
{
  self->pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbDismissals *
inb_dismissals_new (const char *path)
{
  InbDismissals *self = g_object_new (INB_TYPE_DISMISSALS, NULL);

  self->path = g_strdup (path);
  read_file (self);

  return self;
}

gboolean
inb_dismissals_has (InbDismissals      *self,
                    const InbDuplicate *duplicate)
{
  gboolean has_all = TRUE;

  g_return_val_if_fail (INB_IS_DISMISSALS (self) && duplicate != NULL, FALSE);

  for_each_pair (self, duplicate, check_pair, &has_all);

  return has_all;
}

/**
 * inb_dismissals_add:
 *
 * Notes that they are different people.
 */
gboolean
inb_dismissals_add (InbDismissals       *self,
                    const InbDuplicate  *duplicate,
                    GError             **error)
{
  g_return_val_if_fail (INB_IS_DISMISSALS (self) && duplicate != NULL, FALSE);

  for_each_pair (self, duplicate, add_pair, NULL);

  return write_file (self, error);
}

/**
 * inb_dismissals_remove:
 *
 * Takes that back.
 */
gboolean
inb_dismissals_remove (InbDismissals       *self,
                       const InbDuplicate  *duplicate,
                       GError             **error)
{
  g_return_val_if_fail (INB_IS_DISMISSALS (self) && duplicate != NULL, FALSE);

  for_each_pair (self, duplicate, remove_pair, NULL);

  return write_file (self, error);
}
