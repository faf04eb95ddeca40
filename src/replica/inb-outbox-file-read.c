#define G_LOG_DOMAIN "inb-replica"

#include "inb-outbox-file-private.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-outbox-salvage.h"

#include <string.h>

static InbMutation *
parse_mutation (const char  *text,
                GError     **error)
{
  g_autoptr (JsonNode) root = inb_json_parse (text, strlen (text), error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_CORRUPT, "The entry is no object");
      return NULL;
    }

  return inb_mutation_new_from_json (json_node_get_object (root), error);
}

static InbMutationResult *
parse_result (const char  *text,
              InbKind      kind,
              GError     **error)
{
  g_autoptr (JsonNode) root = inb_json_parse (text, strlen (text), error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_CORRUPT, "The answer is no object");
      return NULL;
    }

  return inb_mutation_result_new_from_json (json_node_get_object (root), kind, error);
}

static const char *
get_text (sqlite3_stmt *statement,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}

static gboolean
check_entry (sqlite3_stmt  *statement,
             GError       **error)
{
  const InbOutboxScrap scrap = {
    .number = sqlite3_column_int64 (statement, 0),
    .id = (char *) get_text (statement, 1),
    .group = (char *) get_text (statement, 2),
    .label = (char *) get_text (statement, 3),
    .actor = (char *) get_text (statement, 4),
    .mutation = (char *) get_text (statement, 5),
    .takes_back = (char *) get_text (statement, 6),
  };

  if (sqlite3_column_int64 (statement, 7) == inb_outbox_scrap_sum (&scrap))
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_CORRUPT, "Entry %" G_GINT64_FORMAT " is damaged", scrap.number);

  return FALSE;
}

static gboolean
take_answer (InbOutboxItem  *item,
             sqlite3_stmt   *statement,
             GError        **error)
{
  if (sqlite3_column_type (statement, 8) == SQLITE_NULL)
    return TRUE;

  item->result = parse_result (get_text (statement, 9), item->mutation->kind, error);
  item->epoch = inb_sqlite_dup_text (statement, 10);
  item->state = (InbOutboxState) sqlite3_column_int (statement, 8);
  if (item->result != NULL && item->state < INB_OUTBOX_DONE)
    return TRUE;

  if (error != NULL && *error == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_CORRUPT, "An answer has no state");

  return FALSE;
}

static InbOutboxItem *
read_item (sqlite3_stmt  *statement,
           GError       **error)
{
  g_autoptr (InbOutboxItem) item = NULL;
  g_autoptr (InbMutation) mutation = NULL;
  g_autofree char *label = inb_sqlite_dup_text (statement, 3);

  if (!check_entry (statement, error))
    return NULL;
  mutation = parse_mutation (get_text (statement, 5), error);
  if (mutation == NULL)
    return NULL;

  item = inb_outbox_item_new (mutation, label);
  item->number = sqlite3_column_int64 (statement, 0);
  item->actor = inb_sqlite_dup_text (statement, 4);
  item->takes_back = inb_sqlite_dup_text (statement, 6);
  item->has_undo = sqlite3_column_int (statement, 11) != 0;

  return take_answer (item, statement, error) ? g_steal_pointer (&item) : NULL;
}

/**
 * inb_outbox_file_load:
 *
 * Returns: (transfer full) (element-type InbOutboxItem) (nullable): the user's entries in order, but those that are over; %NULL
 *   with %INB_ERROR_CORRUPT
 */
GPtrArray *
inb_outbox_file_load (InbOutboxFile  *self,
                      const char     *user_id,
                      GError        **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_outbox_item_free);
  g_autoptr (GError) local_error = NULL;
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, "outbox-entries", error);

  if (statement == NULL)
    return NULL;

  inb_sqlite_bind_text (statement, 1, user_id);
  while (inb_sqlite_step (self->db, statement, &local_error))
    {
      InbOutboxItem *item = read_item (statement, &local_error);

      if (item == NULL)
        {
          sqlite3_reset (statement);
          break;
        }
      g_ptr_array_add (items, item);
    }
  if (local_error == NULL)
    return g_steal_pointer (&items);

  /* What was stored was right: whatever is wrong with it now is damage. */
  g_set_error (error, INB_ERROR,
               g_error_matches (local_error, INB_ERROR, INB_ERROR_INTERNAL) ? INB_ERROR_INTERNAL : INB_ERROR_CORRUPT,
               "Reading the outbox: %s", local_error->message);

  return NULL;
}

static void
undo_free (InbOutboxUndo *undo)
{
  g_free (undo->id);
  g_free (undo->entity_id);
  g_free (undo->record);
  g_free (undo);
}

/**
 * inb_outbox_file_list_undos:
 *
 * Returns: (transfer full) (element-type InbOutboxUndo) (nullable): what the group's entries wrote, the last one first
 */
GPtrArray *
inb_outbox_file_list_undos (InbOutboxFile  *self,
                            const char     *group,
                            GError        **error)
{
  g_autoptr (GPtrArray) undos = g_ptr_array_new_with_free_func ((GDestroyNotify) undo_free);
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, "outbox-undos", error);
  gboolean is_row;

  if (statement == NULL)
    return NULL;

  inb_sqlite_bind_text (statement, 1, group);
  sqlite3_bind_int (statement, 2, INB_OUTBOX_REJECTED);
  while (inb_sqlite_next (self->db, statement, &is_row, error))
    {
      InbOutboxUndo *undo;

      if (!is_row)
        return g_steal_pointer (&undos);
      undo = g_new0 (InbOutboxUndo, 1);
      undo->id = inb_sqlite_dup_text (statement, 1);
      undo->kind = (InbKind) sqlite3_column_int (statement, 2);
      undo->entity_id = inb_sqlite_dup_text (statement, 3);
      undo->record = inb_sqlite_dup_text (statement, 4);
      g_ptr_array_add (undos, undo);
    }

  return NULL;
}

/**
 * inb_outbox_file_count_done:
 * @outcome: counts are added to it
 */
gboolean
inb_outbox_file_count_done (InbOutboxFile    *self,
                            const char       *group,
                            InbGroupOutcome  *outcome,
                            GError          **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, "outbox-done-count", error);
  gboolean is_row;

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, group);
  while (inb_sqlite_next (self->db, statement, &is_row, error))
    {
      guint n;

      if (!is_row)
        return TRUE;
      n = (guint) sqlite3_column_int64 (statement, 1);
      if (sqlite3_column_int (statement, 0) == INB_MUTATION_CONFLICT)
        outcome->n_conflicts += n;
      else if (sqlite3_column_int (statement, 0) == INB_MUTATION_REJECTED)
        outcome->n_rejected += n;
      else
        outcome->n_applied += n;
    }

  return FALSE;
}
