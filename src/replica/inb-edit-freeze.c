#define G_LOG_DOMAIN "inb-replica"

#include "inb-edit-freeze.h"

#include "inb-edit-private.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-replica-shadow.h"
#include "inb-replica-table.h"
#include "inb-time.h"
#include "inb-undo-record.h"

#include <string.h>

/* The same change is tried on that many of the rows; what is wrong with it shows with the first ones. */
#define MAX_TRIED 200

typedef struct {
  /* Owned */
  GPtrArray           *items;
  GHashTable          *lead_ids;  /* of the leads that are edited, as a set */
  GHashTable          *seen;      /* row ids, as a set */

  /* Borrowed */
  InbEdit             *edit;
  const InbOutboxActor *actor;
  const char          *group;
  InbSqlite           *db;

  InbMutationContext   context;
  gint64               now;
} Freeze;

static gboolean
load_rows (InbRowSet   *rows,
           InbSqlite   *db,
           GPtrArray   *keys,
           GError     **error)
{
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      g_autoptr (InbRow) row = NULL;
      g_autoptr (GPtrArray) of_contact = NULL;

      if (inb_outbox_key_get_kind (key) == INB_N_KINDS)
        {
          of_contact = inb_replica_shadow_list_contact (db, inb_outbox_key_get_id (key), error);
          if (of_contact == NULL || !load_rows (rows, db, of_contact, error))
            return FALSE;
          continue;
        }
      if (!inb_replica_shadow_get_stored (db, key, &row, error))
        return FALSE;
      if (row != NULL)
        inb_row_set_load (rows, row);
    }

  return TRUE;
}

static void
set_rejection (const InbMutationResult  *result,
               GError                  **error)
{
  InbErrorCode code = INB_ERROR_UNPROCESSABLE;

  if (result->code != NULL)
    inb_error_from_name (result->code, &code);
  g_set_error_literal (error, INB_ERROR, (int) code, result->message != NULL ? result->message : inb_error_get_name (code));
}

/* What the item does to the rows, which also keep it for those after it. */
static gboolean
try_item (Freeze         *self,
          InbOutboxItem  *item,
          InbRowSet      *rows,
          GError        **error)
{
  g_autoptr (InbMutationResult) result = NULL;

  if (!load_rows (rows, self->db, item->rows, error))
    return FALSE;

  self->context.now = item->mutation->made_at;
  result = inb_mutation_apply (item->mutation, rows, &self->context, NULL, &item->undo);
  item->has_undo = item->undo != NULL;
  if (result->status != INB_MUTATION_REJECTED)
    return TRUE;

  set_rejection (result, error);

  return FALSE;
}

static const char *
get_lead_id (const InbMutation *mutation)
{
  const InbFieldChange *change;

  if (mutation->kind == INB_KIND_LEAD)
    return mutation->entity_id;
  if (mutation->kind != INB_KIND_ACTIVITY)
    return NULL;
  change = inb_mutation_find_change (mutation, INB_ACTIVITY_LEAD_ID);

  return change != NULL ? change->value : NULL;
}

static InbOutboxItem *
add_item (Freeze      *self,
          InbMutation *mutation)
{
  InbOutboxItem *item;

  g_free (mutation->group);
  mutation->group = g_strdup (self->group);
  item = inb_outbox_item_new (mutation, self->edit->label);
  item->actor = g_strdup (self->actor->user_id);
  inb_outbox_item_find_rows (item);
  g_ptr_array_add (self->items, item);
  if (get_lead_id (mutation) != NULL)
    g_hash_table_add (self->lead_ids, g_strdup (get_lead_id (mutation)));

  return item;
}

static gboolean
freeze_mutations (Freeze  *self,
                  GError **error)
{
  g_autoptr (InbRowSet) rows = inb_row_set_new ();

  for (guint i = 0; i < self->edit->mutations->len; i++)
    {
      if (!try_item (self, add_item (self, g_ptr_array_index (self->edit->mutations, i)), rows, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_listed (GPtrArray  *texts,
           const char *text)
{
  for (guint i = 0; i < texts->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (texts, i), text))
        return TRUE;
    }

  return FALSE;
}

/* (transfer full) (nullable): the tags with the edit's taken out and put in, or NULL when they stay. */
static char *
edit_tags (InbEdit    *edit,
           const char *base)
{
  g_autoptr (JsonNode) root = base != NULL ? inb_json_parse (base, strlen (base), NULL) : NULL;
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) json = g_string_new ("[");
  gboolean changed = FALSE;

  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
        {
          JsonNode *node = json_array_get_element (json_node_get_array (root), i);
          const char *tag = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

          if (tag != NULL && is_listed (edit->removed_tags, tag))
            changed = TRUE;
          else if (tag != NULL)
            g_ptr_array_add (tags, g_strdup (tag));
        }
    }
  for (guint i = 0; i < edit->added_tags->len; i++)
    {
      if (is_listed (tags, g_ptr_array_index (edit->added_tags, i)))
        continue;
      g_ptr_array_add (tags, g_strdup (g_ptr_array_index (edit->added_tags, i)));
      changed = TRUE;
    }
  if (!changed)
    return NULL;

  for (guint i = 0; i < tags->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      inb_json_append_string (json, g_ptr_array_index (tags, i));
    }
  g_string_append_c (json, ']');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* (transfer full) (nullable): what the edit changes of the lead. */
static InbMutation *
make_lead_mutation (Freeze       *self,
                    const InbRow *lead)
{
  InbEdit *edit = self->edit;
  g_autoptr (InbMutation) mutation = NULL;
  g_autofree char *tags = NULL;

  if (edit->deletes)
    return inb_mutation_new (INB_MUTATION_DELETE, INB_KIND_LEAD, inb_row_get_key (lead), self->now);

  mutation = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_LEAD, inb_row_get_key (lead), self->now);
  for (guint i = 0; i < edit->values->len; i++)
    {
      const InbFieldChange *change = g_ptr_array_index (edit->values, i);
      const char *base = inb_row_get (lead, change->column);

      if (g_strcmp0 (base, change->value) != 0)
        inb_mutation_add_change (mutation, change->column, base, change->value);
    }
  tags = edit_tags (edit, inb_row_get (lead, INB_LEAD_TAGS));
  if (tags != NULL)
    inb_mutation_add_change (mutation, INB_LEAD_TAGS, inb_row_get (lead, INB_LEAD_TAGS), tags);

  return mutation->changes->len > 0 ? g_steal_pointer (&mutation) : NULL;
}

static gboolean
read_row (Freeze   *self,
          gint64    rowid,
          InbRow  **row,
          GError  **error)
{
  InbKind kind = rowid < 0 ? INB_KIND_CONTACT : INB_KIND_LEAD;
  sqlite3_stmt *statement = inb_replica_table_prepare_select (self->db, kind, " WHERE row_id = ?1 AND deleted_at IS NULL", error);

  *row = NULL;
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, ABS (rowid));

  return inb_replica_table_read_one (self->db, statement, kind, row, error);
}

static gboolean
freeze_rowid (Freeze  *self,
              gint64   rowid,
              GError **error)
{
  g_autoptr (InbRow) row = NULL;
  g_autoptr (InbMutation) mutation = NULL;
  g_autoptr (InbRowSet) rows = NULL;
  InbOutboxItem *item;

  if (!read_row (self, rowid, &row, error))
    return FALSE;
  if (row != NULL && rowid > 0)
    mutation = make_lead_mutation (self, row);
  else if (row != NULL && self->edit->deletes)
    mutation = inb_mutation_new (INB_MUTATION_DELETE, INB_KIND_CONTACT, inb_row_get_key (row), self->now);
  if (mutation == NULL)
    return TRUE;

  item = add_item (self, mutation);
  if (self->items->len > MAX_TRIED)
    return TRUE;
  rows = inb_row_set_new ();
  inb_row_set_load (rows, row);

  return try_item (self, item, rows, error);
}

static gboolean
freeze_rowids (Freeze  *self,
               GError **error)
{
  GArray *rowids = self->edit->rowids;

  for (guint i = 0; rowids != NULL && i < rowids->len; i++)
    {
      gint64 *rowid = &g_array_index (rowids, gint64, i);

      if (g_hash_table_add (self->seen, rowid) && !freeze_rowid (self, *rowid, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_role (Freeze  *self,
            GError **error)
{
  InbRight right = g_hash_table_size (self->lead_ids) > 1 ? INB_RIGHT_BULK : INB_RIGHT_EDIT;

  if (inb_role_may (self->actor->role, right))
    return TRUE;

  if (self->actor->role == INB_ROLE_NONE)
    g_set_error (error, INB_ERROR, INB_ERROR_FORBIDDEN, "It is not known yet what you may do here");
  else
    g_set_error (error, INB_ERROR, INB_ERROR_FORBIDDEN, "As %s you may not do that; %s or higher may",
                 inb_role_get_name (self->actor->role), inb_role_get_name (inb_right_get_role (right)));

  return FALSE;
}

/**
 * inb_edit_freeze:
 * @settings: what mutations are applied with
 * @db: the replica's
 *
 * Returns: (transfer full) (element-type InbOutboxItem) (nullable): what is to be stored, in order
 */
GPtrArray *
inb_edit_freeze (InbEdit               *edit,
                 const char            *group,
                 const InbOutboxActor  *actor,
                 InbOverlayContext     *settings,
                 InbSqlite             *db,
                 GError               **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_outbox_item_free);
  g_autoptr (GHashTable) lead_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  Freeze self = {
    .items = items,
    .lead_ids = lead_ids,
    .seen = seen,
    .edit = edit,
    .actor = actor,
    .group = group,
    .db = db,
    .now = inb_time_now (),
  };

  /* Somebody who may do nothing at all need not wait for the rows. */
  if (!check_role (&self, error) || !inb_overlay_context_fill (settings, db, &self.context, error))
    return NULL;
  self.context.role = actor->role;
  if (!freeze_mutations (&self, error) || !freeze_rowids (&self, error) || !check_role (&self, error))
    return NULL;

  return g_steal_pointer (&items);
}

/* The row that the undo is about: the undone one's, unless that wrote only others, as a merge may. (transfer full) */
static char *
choose_entity (const InbOutboxUndo *undo)
{
  g_autoptr (GPtrArray) records = undo->kind == INB_KIND_CONTACT ? inb_undo_record_parse (undo->record) : NULL;
  const char *other = NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const InbUndoRow *record = g_ptr_array_index (records, i);

      if (record->kind != undo->kind)
        continue;
      if (g_strcmp0 (record->id, undo->entity_id) == 0)
        return g_strdup (undo->entity_id);
      if (other == NULL)
        other = record->id;
    }

  return g_strdup (other != NULL ? other : undo->entity_id);
}

/**
 * inb_edit_freeze_undo:
 * @undos: (element-type InbOutboxUndo): in the order in which they are taken back
 *
 * Returns: (transfer full) (element-type InbOutboxItem): what is to be stored, in order
 */
GPtrArray *
inb_edit_freeze_undo (GPtrArray             *undos,
                      const char            *group,
                      const char            *label,
                      const InbOutboxActor  *actor)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_outbox_item_free);
  gint64 now = inb_time_now ();

  for (guint i = 0; i < undos->len; i++)
    {
      const InbOutboxUndo *undo = g_ptr_array_index (undos, i);
      g_autofree char *entity_id = choose_entity (undo);
      g_autoptr (InbMutation) mutation = inb_mutation_new (INB_MUTATION_UNDO, undo->kind, entity_id, now);
      InbOutboxItem *item;

      mutation->undoes = g_strdup (undo->id);
      mutation->group = g_strdup (group);
      item = inb_outbox_item_new (mutation, label);
      item->actor = g_strdup (actor->user_id);
      item->takes_back = g_strdup (undo->record);
      inb_outbox_item_find_rows (item);
      g_ptr_array_add (items, item);
    }

  return items;
}
