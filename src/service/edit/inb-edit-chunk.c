#define G_LOG_DOMAIN "inb-service"

#include "inb-edit-chunk.h"

#include "inb-edit-identity.h"
#include "inb-edit-lookup.h"
#include "inb-sql.h"

struct _InbEditChunk {
  /* Owned */
  InbSession    *session;
  GPtrArray     *items;   /* InbEditItem */
  InbEditLookup *lookup;
  InbRowSet     *rows;

  /* Borrowed */
  InbWrite      *write;

  gboolean       is_atomic;
};

/**
 * inb_edit_chunk_new:
 * @write: the turn's; lives as long as the chunk is run and stored
 * @session: whose mutations they are
 * @is_atomic: whether one that is not applied keeps the others from being written
 */
InbEditChunk *
inb_edit_chunk_new (InbWrite   *write,
                    InbSession *session,
                    gboolean    is_atomic)
{
  InbEditChunk *self = g_new0 (InbEditChunk, 1);

  self->write = write;
  self->is_atomic = is_atomic;
  self->session = inb_session_ref (session);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_edit_item_free);
  self->lookup = inb_edit_lookup_new (write->workspace_id, session->user_id);
  self->rows = inb_row_set_new ();

  return self;
}

void
inb_edit_chunk_free (InbEditChunk *self)
{
  if (self == NULL)
    return;

  inb_edit_lookup_free (self->lookup);
  inb_row_set_free (self->rows);
  g_ptr_array_unref (self->items);
  inb_session_unref (self->session);
  g_free (self);
}

void
inb_edit_chunk_add (InbEditChunk *self,
                    InbMutation  *mutation,
                    guint         index)
{
  g_ptr_array_add (self->items, inb_edit_item_new (mutation, index));
}

GPtrArray *
inb_edit_chunk_get_items (InbEditChunk *self)
{
  return self->items;
}

InbRowSet *
inb_edit_chunk_get_rows (InbEditChunk *self)
{
  return self->rows;
}

static gboolean
has_needs (const InbEditNeeds *needs)
{
  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    {
      if (g_hash_table_size (needs->ids[kind]) > 0)
        return TRUE;
    }

  return g_hash_table_size (needs->contact_ids) > 0 || g_hash_table_size (needs->crm_ids) > 0;
}

/* Whose lead it is that an activity is added to, or that an undo brings back. */
static void
need_contact (InbEditChunk      *self,
              const InbEditItem *item,
              InbEditNeeds      *needs)
{
  const InbMutation *mutation = item->mutation;
  const InbFieldChange *change = NULL;
  const InbRow *lead = NULL;

  if (mutation->verb == INB_MUTATION_CREATE && mutation->kind == INB_KIND_ACTIVITY)
    change = inb_mutation_find_change (mutation, INB_ACTIVITY_LEAD_ID);
  if (change != NULL && change->value != NULL)
    lead = inb_row_set_find (self->rows, INB_KIND_LEAD, change->value);
  else if (mutation->verb == INB_MUTATION_UNDO && item->lead_id != NULL)
    lead = inb_row_set_find (self->rows, INB_KIND_LEAD, item->lead_id);

  if (lead != NULL && inb_row_set_find (self->rows, INB_KIND_CONTACT, inb_row_get (lead, INB_LEAD_CONTACT_ID)) == NULL)
    g_hash_table_add (needs->ids[INB_KIND_CONTACT], g_strdup (inb_row_get (lead, INB_LEAD_CONTACT_ID)));
}

/* Rows that those loaded first lead to. */
static gboolean
load_more (InbEditChunk  *self,
           InbEditMore    more,
           gpointer       data,
           GError       **error)
{
  g_auto (InbEditNeeds) needs = { { NULL } };

  inb_edit_needs_init (&needs);
  for (guint i = 0; i < self->items->len; i++)
    need_contact (self, g_ptr_array_index (self->items, i), &needs);
  if (more != NULL)
    more (data, self->rows, &needs);

  return !has_needs (&needs) ||
         inb_edit_rows_load (self->rows, self->write->db, self->write->workspace_id, &needs, error);
}

static gboolean
load_rows (InbEditChunk  *self,
           InbEditMore    more,
           gpointer       data,
           GError       **error)
{
  g_auto (InbEditNeeds) needs = { { NULL } };

  inb_edit_needs_init (&needs);
  for (guint i = 0; i < self->items->len; i++)
    {
      InbEditItem *item = g_ptr_array_index (self->items, i);

      inb_edit_lookup_find_undone (self->lookup, item);
      inb_mutation_list_needs (item->mutation, item->undo_record, needs.ids, needs.contact_ids);
      inb_mutation_list_crm_ids (item->mutation, item->undo_record, needs.crm_ids);
    }
  if (more != NULL)
    more (data, NULL, &needs);

  return inb_edit_rows_load (self->rows, self->write->db, self->write->workspace_id, &needs, error)
         && load_more (self, more, data, error);
}

static void
decide (InbEditChunk             *self,
        InbEditItem              *item,
        const InbMutationContext *context)
{
  inb_edit_lookup_find_undone (self->lookup, item);
  inb_edit_item_find_subject (item, self->rows);
  if (!inb_role_may (context->role, INB_RIGHT_BULK) && inb_edit_lookup_is_bulk (self->lookup, item))
    inb_edit_item_reject (item, INB_ERROR_FORBIDDEN, "To change more than one lead at once needs the role manager");
  else
    item->result = inb_mutation_apply (item->mutation, self->rows, context, item->undo_record, &item->undo);
}

static void
decide_all (InbEditChunk *self)
{
  InbWrite *write = self->write;
  InbMutationContext context = {
    .workspace_id = write->workspace_id,
    .actor_id = self->session->user_id,
    .actor_name = self->session->user_name,
    .currency = write->currency,
    .stages = write->stages,
    .derive = inb_edit_derive_contact,
    .derive_data = (gpointer) write->region,
    .now = write->now,
    .role = self->session->role,
    .checks_references = TRUE,
  };

  for (guint i = 0; i < self->items->len; i++)
    {
      InbEditItem *item = g_ptr_array_index (self->items, i);

      if (!inb_edit_lookup_answer (self->lookup, item))
        {
          decide (self, item, &context);
          inb_edit_lookup_note (self->lookup, item);
        }
    }
}

/* Whether nothing may be written, since one of all could not. */
static gboolean
is_spoilt (InbEditChunk *self)
{
  for (guint i = 0; self->is_atomic && i < self->items->len; i++)
    {
      InbEditItem *item = g_ptr_array_index (self->items, i);

      if (item->result->status != INB_MUTATION_APPLIED)
        return TRUE;
    }

  return FALSE;
}

/* No record either: asked again, they are decided anew. */
static void
drop_records (InbEditChunk *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      InbEditItem *item = g_ptr_array_index (self->items, i);

      item->is_repeat = TRUE;
    }
}

static void
put_rows (InbEditChunk *self)
{
  g_autoptr (GPtrArray) changed = inb_row_set_get_changed (self->rows);

  for (guint i = 0; i < changed->len; i++)
    {
      InbRow *row = g_ptr_array_index (changed, i);

      inb_write_set_put (self->write->write_set,
                         inb_row_set_find_original (self->rows, inb_row_get_kind (row), inb_row_get_key (row)), row);
    }
}

/**
 * inb_edit_chunk_run:
 * @more: (nullable) (scope call): says what rows are wanted besides
 *
 * Decides every mutation; the rows to write gather in the turn's write set.
 *
 * Returns: %FALSE when the database could not be asked
 */
gboolean
inb_edit_chunk_run (InbEditChunk  *self,
                    InbEditMore    more,
                    gpointer       data,
                    GError       **error)
{
  InbDb *db = self->write->db;
  gboolean with_groups = !inb_role_may (self->session->role, INB_RIGHT_BULK);

  if (!inb_db_pipeline_begin (db, error)
      || !inb_edit_lookup_load (self->lookup, db, self->items, with_groups, error)
      || !load_rows (self, more, data, error))
    return FALSE;

  decide_all (self);
  if (is_spoilt (self))
    {
      drop_records (self);
      return inb_db_pipeline_end (db, error);
    }
  if (!inb_edit_note_identities (self->rows, db, self->write->workspace_id, error) || !inb_db_pipeline_end (db, error))
    return FALSE;
  put_rows (self);

  return TRUE;
}

static gboolean
note_shared_views (InbEditChunk  *self,
                   guint         *n_statements,
                   GError       **error)
{
  g_autoptr (GPtrArray) changed = inb_row_set_get_changed (self->rows);
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, self->write->from);
  const char *params[] = { self->write->workspace_id, from };
  gboolean has_views = FALSE;

  for (guint i = 0; i < changed->len; i++)
    has_views |= inb_row_get_kind (g_ptr_array_index (changed, i)) == INB_KIND_VIEW;
  if (!has_views)
    return TRUE;

  *n_statements += 1;

  return inb_db_send (self->write->db, inb_sql_get ("edit/note-shared-views"), G_N_ELEMENTS (params), params, error);
}

/**
 * inb_edit_chunk_store:
 * @n_statements: (inout): counted up by the statements sent
 *
 * Each mutation that wrote something is told the transaction's last change: who has that has seen it.
 *
 * Returns: whether they were sent
 */
gboolean
inb_edit_chunk_store (InbEditChunk  *self,
                      guint         *n_statements,
                      GError       **error)
{
  const InbEditRecordOf of = { self->write->workspace_id, self->session->user_id, self->write->now };

  for (guint i = 0; i < self->items->len; i++)
    {
      InbEditItem *item = g_ptr_array_index (self->items, i);

      if (!item->is_repeat && item->undo != NULL)
        item->result->change_seq = self->write->to;
    }

  return inb_edit_items_send (self->items, &of, self->write->db, n_statements, error)
         && note_shared_views (self, n_statements, error);
}
