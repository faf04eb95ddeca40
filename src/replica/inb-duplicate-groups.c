#define G_LOG_DOMAIN "inb-replica"

#include "inb-duplicate-groups.h"

#include "inb-replica-table.h"

/* Those who have one thing in common. */
typedef struct {
  char             *key;
  char             *value;
  GArray           *rowids;  /* gint64, each once */
  InbDuplicateKind  kind;
} Group;

struct _InbDuplicateGroups {
  /* Owned */
  GPtrArray  *groups;        /* (element-type Group), in the order of their first member */
  GHashTable *by_name;       /* name → Group (borrowed) */
};

static void
group_free (gpointer data)
{
  Group *group = data;

  g_free (group->key);
  g_free (group->value);
  g_array_unref (group->rowids);
  g_free (group);
}

InbDuplicateGroups *
inb_duplicate_groups_new (void)
{
  InbDuplicateGroups *self = g_new0 (InbDuplicateGroups, 1);

  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
inb_duplicate_groups_free (InbDuplicateGroups *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

/* @name: (transfer full) */
static Group *
get_group (InbDuplicateGroups *self,
           char               *name,
           InbDuplicateKind    kind,
           const char         *key,
           const char         *value)
{
  Group *group = g_hash_table_lookup (self->by_name, name);

  if (group != NULL)
    {
      g_free (name);
      return group;
    }

  group = g_new0 (Group, 1);
  group->kind = kind;
  group->key = g_strdup (key);
  group->value = g_strdup (value);
  group->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (self->groups, group);
  g_hash_table_insert (self->by_name, name, group);

  return group;
}

static void
group_add (Group  *group,
           gint64  rowid)
{
  for (guint i = 0; i < group->rowids->len; i++)
    {
      if (g_array_index (group->rowids, gint64, i) == rowid)
        return;
    }
  if (group->rowids->len < INB_DUPLICATE_MAX_HOLDERS)
    g_array_append_val (group->rowids, rowid);
}

void
inb_duplicate_groups_add (InbDuplicateGroups *self,
                          InbDuplicateKind    kind,
                          const char         *value,
                          gint64              rowid)
{
  group_add (get_group (self, g_strdup (value), kind, NULL, value), rowid);
}

void
inb_duplicate_groups_add_conflict (InbDuplicateGroups *self,
                                   const char         *key,
                                   const char         *value,
                                   gint64              rowid,
                                   gint64              other_rowid)
{
  char *name = g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, key, value, MIN (rowid, other_rowid),
                                MAX (rowid, other_rowid));
  Group *group = get_group (self, name, INB_DUPLICATE_CONFLICT, key, value);

  group_add (group, rowid);
  group_add (group, other_rowid);
}

static int
compare_rowids (gconstpointer a,
                gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

static char *
make_set_name (const Group *group)
{
  GString *name = g_string_new (NULL);

  g_array_sort (group->rowids, compare_rowids);
  for (guint i = 0; i < group->rowids->len; i++)
    g_string_append_printf (name, "%" G_GINT64_FORMAT " ", g_array_index (group->rowids, gint64, i));

  return g_string_free (name, FALSE);
}

static gboolean
load_contact (InbDuplicate  *duplicate,
              InbSqlite     *db,
              gint64         rowid,
              GError       **error)
{
  sqlite3_stmt *statement = inb_replica_table_prepare_select (db, INB_KIND_CONTACT, " WHERE row_id = ?1 AND deleted_at IS NULL",
                                                              error);
  InbRow *contact;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rowid);
  if (!inb_replica_table_read_one (db, statement, INB_KIND_CONTACT, &contact, error))
    return FALSE;

  if (contact != NULL)
    g_ptr_array_add (duplicate->contacts, contact);

  return TRUE;
}

static int
compare_made (gconstpointer a,
              gconstpointer b)
{
  const InbRow *one = *(const InbRow *const *) a;
  const InbRow *other = *(const InbRow *const *) b;
  gint64 made = inb_row_get_time (one, INB_CONTACT_CREATED_AT);
  gint64 other_made = inb_row_get_time (other, INB_CONTACT_CREATED_AT);

  if (made != other_made)
    return made < other_made ? -1 : 1;

  return g_strcmp0 (inb_row_get_key (one), inb_row_get_key (other));
}

/* (transfer full) (nullable) */
static InbDuplicate *
load_group (const Group  *group,
            InbSqlite    *db,
            GError      **error)
{
  g_autoptr (InbDuplicate) duplicate = inb_duplicate_new ();

  for (guint i = 0; i < group->rowids->len; i++)
    {
      if (!load_contact (duplicate, db, g_array_index (group->rowids, gint64, i), error))
        return NULL;
    }
  g_ptr_array_sort (duplicate->contacts, compare_made);

  return g_steal_pointer (&duplicate);
}

static gint64
get_newest (const InbDuplicate *duplicate)
{
  return inb_row_get_time (g_ptr_array_index (duplicate->contacts, duplicate->contacts->len - 1), INB_CONTACT_CREATED_AT);
}

static int
compare_newest (gconstpointer a,
                gconstpointer b)
{
  const InbDuplicate *one = *(const InbDuplicate *const *) a;
  const InbDuplicate *other = *(const InbDuplicate *const *) b;
  gint64 newest = get_newest (one);
  gint64 other_newest = get_newest (other);
  g_autofree char *id = NULL;
  g_autofree char *other_id = NULL;

  if (newest != other_newest)
    return newest > other_newest ? -1 : 1;

  id = inb_duplicate_dup_id (one);
  other_id = inb_duplicate_dup_id (other);

  return g_strcmp0 (id, other_id);
}

GPtrArray *
inb_duplicate_groups_finish (InbDuplicateGroups  *self,
                             InbSqlite           *db,
                             GError             **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_duplicate_free);
  g_autoptr (GHashTable) by_set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->groups->len; i++)
    {
      const Group *group = g_ptr_array_index (self->groups, i);
      g_autofree char *set = NULL;
      InbDuplicate *duplicate;

      if (group->rowids->len < 2)
        continue;
      set = make_set_name (group);
      duplicate = g_hash_table_lookup (by_set, set);
      if (duplicate == NULL)
        {
          duplicate = load_group (group, db, error);
          if (duplicate == NULL)
            return NULL;
          g_ptr_array_add (found, duplicate);
          g_hash_table_insert (by_set, g_steal_pointer (&set), duplicate);
        }
      inb_duplicate_add_reason (duplicate, group->kind, group->key, group->value);
    }
  g_ptr_array_sort (found, compare_newest);

  return g_steal_pointer (&found);
}
