#define G_LOG_DOMAIN "inb-tests"

#include "inb-model-server.h"

#include "inb-json.h"
#include "inb-sample.h"

struct _InbModelServer {
  /* Owned */
  char        *epoch;
  GHashTable  *rows[INB_N_KINDS]; /* key → InbRow */
  GHashTable  *answers;           /* mutation id → InbMutationResult */
  GHashTable  *undos;             /* mutation id → record */
  InbStageSet *stages;

  gint64       head;
};

static InbModelServer *
make (const char *epoch)
{
  InbModelServer *self = g_new0 (InbModelServer, 1);

  self->epoch = g_strdup (epoch);
  for (InbKind kind = 0; kind < INB_N_KINDS; kind++)
    self->rows[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) inb_row_unref);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) inb_mutation_result_unref);
  self->undos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->stages = inb_stage_set_new_default ();

  return self;
}

static void
insert (InbModelServer *self,
        const InbRow   *row)
{
  g_hash_table_insert (self->rows[inb_row_get_kind (row)], g_strdup (inb_row_get_key (row)), inb_row_ref ((InbRow *) row));
  self->head = MAX (self->head, inb_row_get_seq (row));
}

InbModelServer *
inb_model_server_new (GPtrArray  *rows,
                      const char *epoch)
{
  InbModelServer *self = make (epoch);

  for (guint i = 0; i < rows->len; i++)
    insert (self, g_ptr_array_index (rows, i));

  return self;
}

static void
copy_table (GHashTable *from,
            GHashTable *to,
            gpointer  (*copy) (gpointer value))
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (to, g_strdup (key), copy (value));
}

static gpointer
ref_row (gpointer row)
{
  return inb_row_ref (row);
}

static gpointer
ref_result (gpointer result)
{
  return inb_mutation_result_ref (result);
}

static gpointer
dup_text (gpointer text)
{
  return g_strdup (text);
}

InbModelServer *
inb_model_server_copy (InbModelServer *self,
                       const char     *epoch)
{
  InbModelServer *copy = make (epoch);

  for (InbKind kind = 0; kind < INB_N_KINDS; kind++)
    copy_table (self->rows[kind], copy->rows[kind], ref_row);
  copy_table (self->answers, copy->answers, ref_result);
  copy_table (self->undos, copy->undos, dup_text);
  copy->head = self->head;

  return copy;
}

void
inb_model_server_free (InbModelServer *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  for (InbKind kind = 0; kind < INB_N_KINDS; kind++)
    g_hash_table_unref (self->rows[kind]);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->undos);
  inb_stage_set_unref (self->stages);
  g_free (self);
}

const char *
inb_model_server_get_epoch (InbModelServer *self)
{
  return self->epoch;
}

gint64
inb_model_server_get_head (InbModelServer *self)
{
  return self->head;
}

const InbRow *
inb_model_server_find (InbModelServer *self,
                       InbKind         kind,
                       const char     *id)
{
  return g_hash_table_lookup (self->rows[kind], id);
}

void
inb_model_server_load (InbModelServer *self,
                       InbRow         *row)
{
  insert (self, row);
}

/* As it is on the wire, where a JSON null is no value. */
static void
write_row (InbModelServer *self,
           InbRow         *row)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (InbRow) sent = NULL;

  inb_row_set_integer (row, (guint) inb_kind_get_seq_column (inb_row_get_kind (row)), self->head + 1);
  inb_row_append_json (row, FALSE, json);
  root = inb_json_parse (json->str, json->len, &error);
  g_assert_no_error (error);
  sent = inb_row_new_from_json (inb_row_get_kind (row), json_node_get_object (root), &error);
  g_assert_no_error (error);
  insert (self, sent);
}

void
inb_model_server_put (InbModelServer *self,
                      InbRow         *row)
{
  g_autoptr (InbRow) copy = inb_row_copy (row);

  write_row (self, copy);
}

void
inb_model_server_set (InbModelServer *self,
                      InbKind         kind,
                      const char     *id,
                      guint           column,
                      const char     *value)
{
  g_autoptr (InbRow) copy = inb_row_copy (inb_model_server_find (self, kind, id));

  inb_row_set (copy, column, value);
  write_row (self, copy);
}

void
inb_model_server_erase (InbModelServer *self,
                        InbKind         kind,
                        const char     *id)
{
  g_autoptr (InbRow) tombstone = inb_row_new (INB_KIND_TOMBSTONE);

  inb_row_set (tombstone, INB_TOMBSTONE_WORKSPACE_ID, INB_SAMPLE_WORKSPACE);
  inb_row_set (tombstone, INB_TOMBSTONE_KIND, inb_kind_get_name (kind));
  inb_row_set (tombstone, INB_TOMBSTONE_ENTITY_ID, id);
  g_hash_table_remove (self->rows[kind], id);
  write_row (self, tombstone);
}

const InbMutationResult *
inb_model_server_find_answer (InbModelServer *self,
                              const char     *mutation_id)
{
  return g_hash_table_lookup (self->answers, mutation_id);
}

static void
load_contact (InbModelServer *self,
              InbRowSet      *rows,
              InbKind         kind,
              guint           column,
              const char     *contact_id)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows[kind]);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      if (g_strcmp0 (inb_row_get (row, column), contact_id) == 0)
        inb_row_set_load (rows, row);
    }
}

static InbRowSet *
load_rows (InbModelServer    *self,
           const InbMutation *mutation,
           const char        *undo_record)
{
  g_autoptr (GHashTable) contact_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  InbRowSet *rows = inb_row_set_new ();
  GHashTable *ids[INB_N_KINDS];
  GHashTableIter iter;
  gpointer id;

  for (InbKind kind = 0; kind < INB_N_KINDS; kind++)
    ids[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  inb_mutation_list_needs (mutation, undo_record, ids, contact_ids);
  for (InbKind kind = 0; kind < INB_N_KINDS; kind++)
    {
      g_hash_table_iter_init (&iter, ids[kind]);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        {
          if (inb_model_server_find (self, kind, id) != NULL)
            inb_row_set_load (rows, g_hash_table_lookup (self->rows[kind], id));
        }
      g_hash_table_unref (ids[kind]);
    }
  g_hash_table_iter_init (&iter, contact_ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      load_contact (self, rows, INB_KIND_LEAD, INB_LEAD_CONTACT_ID, id);
      load_contact (self, rows, INB_KIND_ACTIVITY, INB_ACTIVITY_CONTACT_ID, id);
    }

  return rows;
}

static InbMutationResult *
apply (InbModelServer    *self,
       const InbMutation *mutation,
       const char        *user_id,
       InbRole            role)
{
  const char *undo_record = mutation->undoes != NULL ? g_hash_table_lookup (self->undos, mutation->undoes) : NULL;
  g_autoptr (InbRowSet) rows = load_rows (self, mutation, undo_record);
  g_autoptr (GPtrArray) changed = NULL;
  g_autofree char *undo = NULL;
  InbMutationResult *result;
  const InbMutationContext context = {
    .workspace_id = INB_SAMPLE_WORKSPACE,
    .actor_id = user_id,
    .actor_name = "Somebody",
    .currency = "EUR",
    .stages = self->stages,
    .now = g_get_real_time (),
    .role = role,
  };

  result = inb_mutation_apply (mutation, rows, &context, undo_record, &undo);
  changed = inb_row_set_get_changed (rows);
  for (guint i = 0; i < changed->len; i++)
    {
      g_autoptr (InbRow) copy = inb_row_copy (g_ptr_array_index (changed, i));

      write_row (self, copy);
      result->change_seq = self->head;
    }
  if (undo != NULL)
    g_hash_table_insert (self->undos, g_strdup (mutation->id), g_steal_pointer (&undo));

  return result;
}

static InbMutation *
send_mutation (const InbMutation *mutation)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  InbMutation *received;

  inb_mutation_append_json (mutation, json);
  root = inb_json_parse (json->str, json->len, &error);
  g_assert_no_error (error);
  received = inb_mutation_new_from_json (json_node_get_object (root), &error);
  g_assert_no_error (error);

  return received;
}

GPtrArray *
inb_model_server_push (InbModelServer *self,
                       GPtrArray      *mutations,
                       const char     *user_id,
                       InbRole         role)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_mutation_result_unref);

  for (guint i = 0; i < mutations->len; i++)
    {
      g_autoptr (InbMutation) mutation = send_mutation (g_ptr_array_index (mutations, i));
      InbMutationResult *result = g_hash_table_lookup (self->answers, mutation->id);

      if (result == NULL)
        {
          result = apply (self, mutation, user_id, role);
          g_hash_table_insert (self->answers, g_strdup (mutation->id), result);
        }
      g_ptr_array_add (results, inb_mutation_result_ref (result));
    }

  return results;
}

static int
compare_seqs (gconstpointer a,
              gconstpointer b)
{
  gint64 one = inb_row_get_seq (*(const InbRow *const *) a);
  gint64 other = inb_row_get_seq (*(const InbRow *const *) b);

  return one < other ? -1 : one > other;
}

InbChanges *
inb_model_server_pull (InbModelServer *self,
                       gint64          cursor,
                       guint           max)
{
  InbChanges *changes = inb_changes_new ();

  for (InbKind kind = 0; kind < INB_N_KINDS; kind++)
    {
      GHashTableIter iter;
      gpointer row;

      g_hash_table_iter_init (&iter, self->rows[kind]);
      while (g_hash_table_iter_next (&iter, NULL, &row))
        {
          if (inb_row_get_seq (row) > cursor)
            g_ptr_array_add (changes->rows, inb_row_ref (row));
        }
    }
  g_ptr_array_sort (changes->rows, compare_seqs);
  if (changes->rows->len > max)
    g_ptr_array_set_size (changes->rows, (int) max);

  changes->epoch = g_strdup (self->epoch);
  changes->from = cursor;
  changes->head = self->head;
  changes->to = self->head;
  if (changes->rows->len == max)
    changes->to = inb_row_get_seq (g_ptr_array_index (changes->rows, max - 1));

  return changes;
}
