#define G_LOG_DOMAIN "inb-model"

#include "inb-mutation-work.h"

#include "inb-row-defaults.h"
#include "inb-time.h"
#include "inb-undo-record.h"
#include "inb-value.h"

#define EARLIEST (G_GINT64_CONSTANT (946684800) * INB_TIME_SECOND) /* 2000-01-01: no clock that was ever set says less */

/* Where each kind keeps who wrote a row, and when. */
static const struct {
  InbKind kind;
  int     updated_at;
  int     updated_by;
} bookkeeping[] = {
  { INB_KIND_LEAD, INB_LEAD_UPDATED_AT, INB_LEAD_UPDATED_BY },
  { INB_KIND_CONTACT, INB_CONTACT_UPDATED_AT, INB_CONTACT_UPDATED_BY },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_UPDATED_AT, INB_ACTIVITY_UPDATED_BY },
  { INB_KIND_VIEW, INB_VIEW_UPDATED_AT, -1 },
};

static void
staged_row_free (gpointer data)
{
  InbStagedRow *self = data;

  g_clear_pointer (&self->before, inb_row_unref);
  inb_row_unref (self->row);
  g_free (self);
}

static gint64
get_acted_at (gint64 made_at,
              gint64 now)
{
  return made_at < EARLIEST || made_at > now ? now : made_at;
}

/**
 * inb_mutation_work_new:
 *
 * Returns: (transfer full): work that has changed nothing yet; everything is borrowed
 */
InbMutationWork *
inb_mutation_work_new (const InbMutation        *mutation,
                       InbRowSet                *rows,
                       const InbMutationContext *context)
{
  InbMutationWork *self = g_new0 (InbMutationWork, 1);

  self->staged = g_ptr_array_new_with_free_func (staged_row_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->result = inb_mutation_result_new (mutation->id, INB_MUTATION_APPLIED);
  self->mutation = mutation;
  self->context = context;
  self->rows = rows;
  self->acted_at = get_acted_at (mutation->made_at, context->now);

  return self;
}

void
inb_mutation_work_free (InbMutationWork *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->staged);
  g_clear_pointer (&self->result, inb_mutation_result_unref);
  g_free (self);
}

InbRow *
inb_mutation_work_find (InbMutationWork *self,
                        InbKind          kind,
                        const char      *id)
{
  InbStagedRow *staged = id == NULL ? NULL : g_hash_table_lookup (self->by_id, id);

  if (staged != NULL && inb_row_get_kind (staged->row) == kind)
    return staged->row;

  return inb_row_set_find (self->rows, kind, id);
}

static void
stage (InbMutationWork *self,
       InbRow          *before,
       InbRow          *row,
       gboolean         is_log)
{
  InbStagedRow *staged = g_new0 (InbStagedRow, 1);

  staged->before = before == NULL ? NULL : inb_row_ref (before);
  staged->row = row;
  staged->is_log = is_log;
  g_ptr_array_add (self->staged, staged);
  g_hash_table_insert (self->by_id, (char *) inb_row_get_key (row), staged);
}

InbRow *
inb_mutation_work_edit (InbMutationWork *self,
                        InbKind          kind,
                        const char      *id)
{
  InbRow *row = inb_mutation_work_find (self, kind, id);
  InbRow *copy;

  if (row == NULL || row != inb_row_set_find (self->rows, kind, id))
    return row;

  copy = inb_row_copy (row);
  stage (self, row, copy, FALSE);

  return copy;
}

InbRow *
inb_mutation_work_get_before (InbMutationWork *self,
                              const InbRow    *row)
{
  InbStagedRow *staged = g_hash_table_lookup (self->by_id, inb_row_get_key (row));

  return staged == NULL ? NULL : staged->before;
}

void
inb_mutation_work_add (InbMutationWork *self,
                       InbRow          *row,
                       gboolean         is_log)
{
  inb_row_fill_defaults (row);
  stage (self, NULL, row, is_log);
}

gboolean
inb_mutation_work_reject (InbMutationWork *self,
                          InbErrorCode     code,
                          const char      *format,
                          ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  inb_mutation_result_reject (self->result, code, message);

  return FALSE;
}

static gboolean
has_changed (const InbStagedRow *staged)
{
  InbKind kind = inb_row_get_kind (staged->row);
  guint n_columns;

  if (staged->before == NULL)
    return TRUE;

  inb_kind_get_columns (kind, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      if (!inb_column_equal (kind, i, inb_row_get (staged->before, i), inb_row_get (staged->row, i)))
        return TRUE;
    }

  return FALSE;
}

static void
sign (InbMutationWork *self,
      InbRow          *row)
{
  for (guint i = 0; i < G_N_ELEMENTS (bookkeeping); i++)
    {
      if (bookkeeping[i].kind != inb_row_get_kind (row))
        continue;
      inb_row_set_time (row, (guint) bookkeeping[i].updated_at, self->context->now);
      if (bookkeeping[i].updated_by >= 0)
        inb_row_set (row, (guint) bookkeeping[i].updated_by, self->context->actor_id);
    }
}

InbMutationResult *
inb_mutation_work_finish (InbMutationWork  *self,
                          char            **undo)
{
  gboolean is_rejected = self->result->status == INB_MUTATION_REJECTED;

  for (guint i = self->staged->len; i > 0; i--)
    {
      InbStagedRow *staged = g_ptr_array_index (self->staged, i - 1);

      if (is_rejected || !has_changed (staged))
        g_ptr_array_remove_index (self->staged, i - 1);
      else if (staged->before != NULL)
        sign (self, staged->row);
    }

  *undo = inb_undo_record_new (self->staged);
  for (guint i = 0; i < self->staged->len; i++)
    {
      const InbStagedRow *staged = g_ptr_array_index (self->staged, i);

      inb_row_set_put (self->rows, inb_row_ref (staged->row));
    }
  /* The rows are the set's now. */
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->staged, 0);

  return g_steal_pointer (&self->result);
}
