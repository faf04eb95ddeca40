#define G_LOG_DOMAIN "inb-service"

#include "inb-edit-lookup.h"

#include "inb-db-array.h"
#include "inb-json.h"
#include "inb-sql.h"

#include <string.h>

enum { STORED_ID, STORED_REQUEST, STORED_ANSWER, STORED_UNDO, STORED_LEAD_ID, STORED_CONTACT_ID };
enum { GROUP_ID, GROUP_LEAD_ID, GROUP_CONTACT_ID };

/* What a group has touched, as far as it matters. */
typedef struct {
  GHashTable *leads;
  GHashTable *contacts;
} Group;

struct _InbEditLookup {
  /* Owned */
  char       *workspace_id;
  char       *user_id;
  PGresult   *stored;   /* of edit/find-mutations */
  GHashTable *rows;     /* mutation id → row number + 1 in @stored */
  GHashTable *earlier;  /* mutation id → InbEditItem, borrowed, of the same transaction */
  GHashTable *groups;   /* group id → Group; made for those who are to be held to one lead */
};

static void
group_free (gpointer data)
{
  Group *group = data;

  g_hash_table_unref (group->leads);
  g_hash_table_unref (group->contacts);
  g_free (group);
}

InbEditLookup *
inb_edit_lookup_new (const char *workspace_id,
                     const char *user_id)
{
  InbEditLookup *self = g_new0 (InbEditLookup, 1);

  self->workspace_id = g_strdup (workspace_id);
  self->user_id = g_strdup (user_id);
  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
  self->earlier = g_hash_table_new (g_str_hash, g_str_equal);
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, group_free);

  return self;
}

void
inb_edit_lookup_free (InbEditLookup *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->earlier);
  g_hash_table_unref (self->groups);
  g_clear_pointer (&self->stored, PQclear);
  g_free (self->workspace_id);
  g_free (self->user_id);
  g_free (self);
}

static char *
make_ids (GPtrArray *items)
{
  GString *array = g_string_new ("{");

  for (guint i = 0; i < items->len; i++)
    {
      InbEditItem *item = g_ptr_array_index (items, i);

      inb_db_array_append (array, item->mutation->id);
      if (item->mutation->undoes != NULL)
        inb_db_array_append (array, item->mutation->undoes);
    }
  g_string_append_c (array, '}');

  return g_string_free (array, FALSE);
}

static char *
make_groups (GPtrArray *items)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    {
      InbEditItem *item = g_ptr_array_index (items, i);

      if (item->mutation->group != NULL)
        g_hash_table_add (groups, item->mutation->group);
    }

  return g_hash_table_size (groups) == 0 ? NULL : inb_db_array_from_set (groups);
}

static Group *
get_group (InbEditLookup *self,
           const char    *id)
{
  Group *group = g_hash_table_lookup (self->groups, id);

  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      group->leads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      group->contacts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->groups, g_strdup (id), group);
    }

  return group;
}

static gboolean
receive_stored (InbEditLookup  *self,
                InbDb          *db,
                GError        **error)
{
  self->stored = inb_db_receive (db, error);
  for (int row = 0; self->stored != NULL && row < PQntuples (self->stored); row++)
    g_hash_table_insert (self->rows, PQgetvalue (self->stored, row, STORED_ID), GINT_TO_POINTER (row + 1));

  return self->stored != NULL;
}

static void
add_subject (Group      *group,
             const char *lead_id,
             const char *contact_id)
{
  if (lead_id != NULL)
    g_hash_table_add (group->leads, g_strdup (lead_id));
  if (contact_id != NULL)
    g_hash_table_add (group->contacts, g_strdup (contact_id));
}

static gboolean
receive_groups (InbEditLookup  *self,
                InbDb          *db,
                GError        **error)
{
  g_autoptr (PGresult) result = inb_db_receive (db, error);

  for (int row = 0; result != NULL && row < PQntuples (result); row++)
    add_subject (get_group (self, PQgetvalue (result, row, GROUP_ID)),
                 inb_db_get_text (result, row, GROUP_LEAD_ID), inb_db_get_text (result, row, GROUP_CONTACT_ID));

  return result != NULL;
}

/**
 * inb_edit_lookup_load:
 * @db: in pipeline mode, inside the transaction
 * @items: (element-type InbEditItem)
 * @with_groups: also what their groups have touched
 *
 * Returns: whether it could be read
 */
gboolean
inb_edit_lookup_load (InbEditLookup  *self,
                      InbDb          *db,
                      GPtrArray      *items,
                      gboolean        with_groups,
                      GError        **error)
{
  g_autofree char *ids = make_ids (items);
  g_autofree char *groups = with_groups ? make_groups (items) : NULL;
  const char *params[] = { self->workspace_id, self->user_id, ids };
  const char *group_params[] = { self->workspace_id, self->user_id, groups };

  return inb_db_send (db, inb_sql_get ("edit/find-mutations"), G_N_ELEMENTS (params), params, error)
         && (groups == NULL
             || inb_db_send (db, inb_sql_get ("edit/find-groups"), G_N_ELEMENTS (group_params), group_params, error))
         && receive_stored (self, db, error)
         && (groups == NULL || receive_groups (self, db, error));
}

/* When a client made it is the one thing that may differ between a mutation and its repeat: it need not say. */
static JsonNode *
parse_request (const char *text)
{
  JsonNode *node = inb_json_parse (text, strlen (text), NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    json_object_remove_member (json_node_get_object (node), "made_at");

  return node;
}

static gboolean
is_same_request (const InbMutation *mutation,
                 const char        *stored)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) mine = NULL;
  g_autoptr (JsonNode) theirs = parse_request (stored);

  inb_mutation_append_json (mutation, text);
  mine = parse_request (text->str);

  return mine != NULL && theirs != NULL && json_node_equal (mine, theirs);
}

static InbMutationResult *
parse_answer (const InbMutation *mutation,
              const char        *text)
{
  g_autoptr (JsonNode) node = inb_json_parse (text, strlen (text), NULL);

  return node == NULL || !JSON_NODE_HOLDS_OBJECT (node)
           ? NULL : inb_mutation_result_new_from_json (json_node_get_object (node), mutation->kind, NULL);
}

static void
refuse_other_request (InbEditItem *item)
{
  inb_edit_item_reject (item, INB_ERROR_CONFLICT, "This id was used for another mutation");
}

/**
 * inb_edit_lookup_answer:
 *
 * A repeat gets the answer that the first one got; another mutation under the same id is rejected.
 *
 * Returns: whether the item has its answer now
 */
gboolean
inb_edit_lookup_answer (InbEditLookup *self,
                        InbEditItem   *item)
{
  const InbMutation *mutation = item->mutation;
  InbEditItem *earlier = g_hash_table_lookup (self->earlier, mutation->id);
  int row = GPOINTER_TO_INT (g_hash_table_lookup (self->rows, mutation->id)) - 1;

  if (earlier != NULL)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      inb_mutation_append_json (earlier->mutation, text);
      if (is_same_request (mutation, text->str))
        item->result = inb_mutation_result_ref (earlier->result);
      else
        refuse_other_request (item);
    }
  else if (row >= 0)
    {
      if (is_same_request (mutation, PQgetvalue (self->stored, row, STORED_REQUEST)))
        item->result = parse_answer (mutation, PQgetvalue (self->stored, row, STORED_ANSWER));
      if (item->result == NULL)
        refuse_other_request (item);
    }
  item->is_repeat = item->result != NULL;

  return item->is_repeat;
}

/**
 * inb_edit_lookup_find_undone:
 *
 * The item borrows the record.
 */
void
inb_edit_lookup_find_undone (InbEditLookup *self,
                             InbEditItem   *item)
{
  const char *undoes = item->mutation->undoes;
  InbEditItem *earlier;
  int row;

  if (undoes == NULL || item->undo_record != NULL)
    return;

  earlier = g_hash_table_lookup (self->earlier, undoes);
  row = GPOINTER_TO_INT (g_hash_table_lookup (self->rows, undoes)) - 1;
  if (earlier != NULL && !earlier->is_repeat)
    {
      item->undo_record = earlier->undo;
      item->lead_id = g_strdup (earlier->lead_id);
      item->contact_id = g_strdup (earlier->contact_id);
    }
  else if (row >= 0)
    {
      item->undo_record = inb_db_get_text (self->stored, row, STORED_UNDO);
      item->lead_id = g_strdup (inb_db_get_text (self->stored, row, STORED_LEAD_ID));
      item->contact_id = g_strdup (inb_db_get_text (self->stored, row, STORED_CONTACT_ID));
    }
}

static gboolean
is_another (GHashTable *seen,
            const char *id)
{
  return id != NULL && g_hash_table_size (seen) > 0 && !g_hash_table_contains (seen, id);
}

/**
 * inb_edit_lookup_is_bulk:
 *
 * With groups loaded; the item's subject is known.
 */
gboolean
inb_edit_lookup_is_bulk (InbEditLookup *self,
                         InbEditItem   *item)
{
  Group *group;

  if (item->mutation->group == NULL)
    return FALSE;

  group = get_group (self, item->mutation->group);

  return is_another (group->leads, item->lead_id) || is_another (group->contacts, item->contact_id);
}

void
inb_edit_lookup_note (InbEditLookup *self,
                      InbEditItem   *item)
{
  g_hash_table_insert (self->earlier, item->mutation->id, item);
  if (item->mutation->group != NULL && item->result->status != INB_MUTATION_REJECTED)
    add_subject (get_group (self, item->mutation->group), item->lead_id, item->contact_id);
}
