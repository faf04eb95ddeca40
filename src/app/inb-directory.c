#define G_LOG_DOMAIN "inb-app"

#include "inb-directory.h"

#include "inb-stage-chip.h"

#include <glib/gi18n.h>

/* The rows of one kind and their names. */
typedef struct {
  GPtrArray  *rows;     /* (element-type InbRow): by name */
  GHashTable *names;    /* id → name */
  gboolean    known;
  gboolean    reading;
  gboolean    dirty;    /* changed while it was read */
} Names;

struct _InbDirectory {
  GObject      parent_instance;

  /* Owned */
  InbReplica  *replica;
  InbStageSet *stages;
  Names        members;
  Names        teams;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (InbDirectory, inb_directory, G_TYPE_OBJECT)

static void read_members (InbDirectory *self);
static void read_teams (InbDirectory *self);

static const char *
get_row_name (const InbRow *row)
{
  gboolean is_member = inb_row_get_kind (row) == INB_KIND_MEMBER;
  const char *name = inb_row_get (row, is_member ? (guint) INB_MEMBER_NAME : (guint) INB_TEAM_NAME);

  if (name != NULL && *name != '\0')
    return name;
  if (is_member && inb_row_get (row, INB_MEMBER_EMAIL) != NULL)
    return inb_row_get (row, INB_MEMBER_EMAIL);

  return inb_row_get_key (row);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const InbRow *first = *(const InbRow * const *) a;
  const InbRow *second = *(const InbRow * const *) b;

  return g_utf8_collate (get_row_name (first), get_row_name (second));
}

static void
names_init (Names *names)
{
  names->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  names->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
names_clear (Names *names)
{
  g_clear_pointer (&names->rows, g_ptr_array_unref);
  g_clear_pointer (&names->names, g_hash_table_unref);
}

/* Service users own leads too, but nobody picks one of them from a list. */
static void
names_take (Names     *names,
            GPtrArray *rows)
{
  g_hash_table_remove_all (names->names);
  g_ptr_array_set_size (names->rows, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      InbRow *row = g_ptr_array_index (rows, i);
      gboolean is_service = inb_row_get_kind (row) == INB_KIND_MEMBER && inb_row_get_boolean (row, INB_MEMBER_IS_SERVICE);

      g_hash_table_insert (names->names, g_strdup (inb_row_get_key (row)), g_strdup (get_row_name (row)));
      if (!is_service)
        g_ptr_array_add (names->rows, inb_row_ref (row));
    }
  g_ptr_array_sort (names->rows, compare_names);
  names->known = TRUE;
}

static const char *
names_find (Names      *names,
            const char *id,
            const char *gone)
{
  const char *name;

  if (id == NULL || *id == '\0' || !names->known)
    return NULL;

  name = g_hash_table_lookup (names->names, id);

  return name != NULL ? name : gone;
}

static gboolean
finish (InbDirectory *self,
        Names        *names,
        InbReplica   *replica,
        GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = inb_replica_list_finish (replica, result, &error);

  names->reading = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  if (rows == NULL)
    {
      g_warning ("reading the names: %s", error->message);
    }
  else
    {
      names_take (names, rows);
      g_signal_emit (self, changed_signal, 0);
    }

  return names->dirty;
}

static void
on_members (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbDirectory) self = user_data;

  if (finish (self, &self->members, INB_REPLICA (source), result))
    read_members (self);
}

static void
on_teams (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbDirectory) self = user_data;

  if (finish (self, &self->teams, INB_REPLICA (source), result))
    read_teams (self);
}

static void
read_names (InbDirectory        *self,
            Names               *names,
            InbKind              kind,
            GAsyncReadyCallback  callback)
{
  names->dirty = names->reading;
  if (names->reading)
    return;

  names->reading = TRUE;
  inb_replica_list_async (self->replica, kind, NULL, callback, g_object_ref (self));
}

static void
read_members (InbDirectory *self)
{
  read_names (self, &self->members, INB_KIND_MEMBER, on_members);
}

static void
read_teams (InbDirectory *self)
{
  read_names (self, &self->teams, INB_KIND_TEAM, on_teams);
}

static void
inb_directory_finalize (GObject *object)
{
  InbDirectory *self = INB_DIRECTORY (object);

  names_clear (&self->members);
  names_clear (&self->teams);
  g_clear_pointer (&self->stages, inb_stage_set_unref);
  g_clear_object (&self->replica);

  G_OBJECT_CLASS (inb_directory_parent_class)->finalize (object);
}

static void
inb_directory_class_init (InbDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_directory_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
inb_directory_init (InbDirectory *self)
{
  names_init (&self->members);
  names_init (&self->teams);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_directory_new:
 * @replica: where members and teams are read; it may still be closed
 *
 * Returns: (transfer full): a directory that knows nobody before inb_directory_refresh()
 */
InbDirectory *
inb_directory_new (InbReplica *replica)
{
  InbDirectory *self = g_object_new (INB_TYPE_DIRECTORY, NULL);

  self->replica = g_object_ref (replica);
  g_signal_connect_object (replica, "names-changed", G_CALLBACK (inb_directory_refresh), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * inb_directory_refresh:
 *
 * Reads the names again; "changed" tells when they are there.
 */
void
inb_directory_refresh (InbDirectory *self)
{
  g_return_if_fail (INB_IS_DIRECTORY (self));

  read_members (self);
  read_teams (self);
}

/**
 * inb_directory_set_stages:
 * @stages: (nullable): the workspace's stages
 */
void
inb_directory_set_stages (InbDirectory *self,
                          InbStageSet  *stages)
{
  g_return_if_fail (INB_IS_DIRECTORY (self));

  if (stages != NULL)
    inb_stage_set_ref (stages);
  g_clear_pointer (&self->stages, inb_stage_set_unref);
  self->stages = stages;
  g_signal_emit (self, changed_signal, 0);
}

/**
 * inb_directory_get_member_name:
 * @user_id: (nullable): a user
 *
 * Returns: (nullable): the name, else the mail address; "Former member" for one who is not there any more
 */
const char *
inb_directory_get_member_name (InbDirectory *self,
                               const char   *user_id)
{
  g_return_val_if_fail (INB_IS_DIRECTORY (self), NULL);

  return names_find (&self->members, user_id, _("Former member"));
}

const char *
inb_directory_get_team_name (InbDirectory *self,
                             const char   *team_id)
{
  g_return_val_if_fail (INB_IS_DIRECTORY (self), NULL);

  return names_find (&self->teams, team_id, _("Former team"));
}

InbStageSet *
inb_directory_get_stages (InbDirectory *self)
{
  g_return_val_if_fail (INB_IS_DIRECTORY (self), NULL);

  return self->stages;
}

/**
 * inb_directory_dup_stage_name:
 * @key: (nullable): a stage
 *
 * Returns: (transfer full) (nullable): what people call it
 */
char *
inb_directory_dup_stage_name (InbDirectory *self,
                              const char   *key)
{
  g_return_val_if_fail (INB_IS_DIRECTORY (self), NULL);

  return key != NULL ? inb_stage_chip_get_name (self->stages, key) : NULL;
}

GHashTable *
inb_directory_get_member_names (InbDirectory *self)
{
  g_return_val_if_fail (INB_IS_DIRECTORY (self), NULL);

  return self->members.names;
}

GHashTable *
inb_directory_get_team_names (InbDirectory *self)
{
  g_return_val_if_fail (INB_IS_DIRECTORY (self), NULL);

  return self->teams.names;
}

GPtrArray *
inb_directory_get_members (InbDirectory *self)
{
  g_return_val_if_fail (INB_IS_DIRECTORY (self), NULL);

  return self->members.rows;
}

GPtrArray *
inb_directory_get_teams (InbDirectory *self)
{
  g_return_val_if_fail (INB_IS_DIRECTORY (self), NULL);

  return self->teams.rows;
}
