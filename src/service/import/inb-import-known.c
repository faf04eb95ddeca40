#define G_LOG_DOMAIN "inb-service"

#include "inb-import-chunk.h"

#include "inb-edit-identity.h"
#include "inb-error.h"

/* What one line changes. */
typedef struct {
  /* Owned */
  InbMutation *mutations[2]; /* of the lead, and of its contact */
} Changes;

static void
changes_clear (Changes *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->mutations); i++)
    g_clear_pointer (&self->mutations[i], inb_mutation_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Changes, changes_clear)

static void
refuse (const InbImportChunk *self,
        const InbImportLine  *line,
        InbErrorCode          code,
        const char           *message)
{
  g_autoptr (GError) error = g_error_new_literal (INB_ERROR, (int) code, message);

  inb_import_report_refuse (self->report, line->number, error);
}

static InbMutation *
begin (const InbImportChunk *self,
       const InbRow         *row)
{
  InbMutation *mutation = inb_mutation_new (INB_MUTATION_UPDATE, inb_row_get_kind (row), inb_row_get_key (row), self->setting->now);

  mutation->group = g_strdup (self->request->id);

  return mutation;
}

static InbMutationContext
make_context (const InbImportChunk *self)
{
  return (InbMutationContext) {
    .workspace_id = self->setting->workspace_id,
    .actor_id = self->session->user_id,
    .actor_name = self->session->user_name,
    .currency = self->setting->currency,
    .stages = self->setting->stages,
    .derive = inb_edit_derive_contact,
    .derive_data = (gpointer) self->setting->region,
    .now = self->setting->now,
    .role = self->session->role,
    .checks_references = TRUE,
  };
}

/* @undo: or NULL: applied for good, with its record. */
static InbMutationResult *
apply (const InbImportChunk  *self,
       const InbMutation     *mutation,
       InbRowSet             *rows,
       char                 **undo)
{
  InbMutationContext context = make_context (self);
  g_autofree char *dropped = NULL;

  return inb_mutation_apply (mutation, rows, &context, NULL, undo == NULL ? &dropped : undo);
}

static void
load_all (InbRowSet *rows,
          GPtrArray *loaded)
{
  for (guint i = 0; i < loaded->len; i++)
    inb_row_set_load (rows, g_ptr_array_index (loaded, i));
}

/* On copies of the rows: one part of a line must not be written when the other cannot be. */
static gboolean
try_changes (const InbImportChunk *self,
             const InbImportLine  *line,
             const Changes        *changes,
             InbRow               *lead,
             InbRow               *contact)
{
  g_autoptr (InbRowSet) rows = inb_row_set_new ();
  const char *crm_id = inb_mutation_find_change (changes->mutations[1], INB_CONTACT_CRM_ID) == NULL
                         ? NULL : inb_mutation_find_change (changes->mutations[1], INB_CONTACT_CRM_ID)->value;
  InbRow *holder = crm_id == NULL ? NULL : inb_row_set_find_by_crm_id (self->book->rows, crm_id);

  inb_row_set_load (rows, lead);
  inb_row_set_load (rows, contact);
  if (holder != NULL)
    inb_row_set_load (rows, holder);
  load_all (rows, self->book->members);
  load_all (rows, self->book->teams);
  for (guint i = 0; i < G_N_ELEMENTS (changes->mutations); i++)
    {
      g_autoptr (InbMutationResult) result = NULL;
      InbErrorCode code = INB_ERROR_UNPROCESSABLE;

      if (changes->mutations[i]->changes->len == 0)
        continue;
      result = apply (self, changes->mutations[i], rows, NULL);
      if (result->status != INB_MUTATION_REJECTED)
        continue;
      inb_error_from_name (result->code, &code);
      refuse (self, line, code, result->message);
      return FALSE;
    }

  return TRUE;
}

static void
write_change (const InbImportChunk *self,
              InbMutation          *mutation,
              InbImportCount        count)
{
  g_autofree char *undo = NULL;
  g_autoptr (InbMutationResult) result = NULL;
  InbEditItem *item;

  if (mutation->changes->len == 0)
    return;

  result = apply (self, mutation, self->book->rows, &undo);
  inb_import_book_follow (self->book, mutation->kind, mutation->entity_id);
  if (undo == NULL)
    return;
  inb_import_report_count (self->report, count);
  if (self->items == NULL)
    return;

  item = inb_edit_item_new (inb_mutation_ref (mutation), 0);
  inb_edit_item_find_subject (item, self->book->rows);
  item->result = g_steal_pointer (&result);
  item->undo = g_steal_pointer (&undo);
  g_ptr_array_add (self->items, item);
}

/**
 * inb_import_decide_known:
 * @lead: the one that the line names
 *
 * What the line says otherwise than the rows is changed as its importer's edit; a line that says nothing else writes nothing.
 */
void
inb_import_decide_known (const InbImportChunk *self,
                         const InbImportLine  *line,
                         InbRow               *lead)
{
  InbRow *contact = inb_row_set_find (self->book->rows, INB_KIND_CONTACT, inb_row_get (lead, INB_LEAD_CONTACT_ID));
  const InbImportNames names = { self->book->members, self->book->teams, self->setting->stages };
  g_auto (Changes) changes = { { NULL } };
  g_autoptr (GError) error = NULL;

  if (inb_row_get (lead, INB_LEAD_DELETED_AT) != NULL || contact == NULL)
    {
      refuse (self, line, INB_ERROR_NOT_FOUND, "The lead of this line was deleted: restore it, or empty the cell with its id");
      return;
    }

  changes.mutations[0] = begin (self, lead);
  changes.mutations[1] = begin (self, contact);
  if (!inb_import_line_compare (line, self->map, &names, lead, contact, changes.mutations[0], changes.mutations[1], &error))
    {
      inb_import_report_refuse (self->report, line->number, error);
      return;
    }
  if (changes.mutations[0]->changes->len == 0 && changes.mutations[1]->changes->len == 0)
    {
      inb_import_report_count (self->report, INB_IMPORT_UNCHANGED);
      return;
    }
  if (!try_changes (self, line, &changes, lead, contact))
    return;
  write_change (self, changes.mutations[0], INB_IMPORT_UPDATE_LEAD);
  write_change (self, changes.mutations[1], INB_IMPORT_UPDATE_CONTACT);
}
