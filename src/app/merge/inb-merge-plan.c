#define G_LOG_DOMAIN "inb-app"

#include "inb-merge-plan.h"

#include "inb-field-table.h"
#include "inb-json-merge.h"
#include "inb-value.h"

struct _InbMergePlan {
  /* Owned */
  GPtrArray *contacts;
  GArray    *fields;    /* InbMergeField */

  guint      target;
};

static const InbRow *
get_contact (const InbMergePlan *self,
             guint               i)
{
  return g_ptr_array_index (self->contacts, i);
}

static const char *
get_value (const InbMergePlan *self,
           guint               contact,
           guint               column)
{
  return inb_row_get (get_contact (self, contact), column);
}

/* A number or an address may be written in several ways. */
static gboolean
is_same (const InbRow *one,
         const InbRow *other,
         guint         column)
{
  guint matched = column == INB_CONTACT_PHONE ? INB_CONTACT_PHONE_E164 : column == INB_CONTACT_EMAIL ? INB_CONTACT_EMAIL_NORM : column;

  if (matched != column && inb_row_get (one, matched) != NULL && inb_row_get (other, matched) != NULL)
    column = matched;

  return inb_column_equal (INB_KIND_CONTACT, column, inb_row_get (one, column), inb_row_get (other, column));
}

static gboolean
is_united (guint column)
{
  return inb_column_is_set (INB_KIND_CONTACT, column) || column == INB_CONTACT_CUSTOM_FIELDS || column == INB_CONTACT_DO_NOT_CONTACT;
}

/* The one that stays, else the first one that has a value. */
static guint
find_holder (const InbMergePlan *self,
             guint               column)
{
  if (get_value (self, self->target, column) != NULL)
    return self->target;
  for (guint i = 0; i < self->contacts->len; i++)
    {
      if (get_value (self, i, column) != NULL)
        return i;
    }

  return self->contacts->len;
}

static void
add_field (InbMergePlan *self,
           guint         column)
{
  InbMergeField field = { .column = column, .chosen = find_holder (self, column), .state = INB_MERGE_SAME };

  if (field.chosen == self->contacts->len)
    return;

  for (guint i = 0; i < self->contacts->len; i++)
    {
      if (get_value (self, i, column) != NULL && !is_same (get_contact (self, field.chosen), get_contact (self, i), column))
        field.state = is_united (column) ? INB_MERGE_UNITED : INB_MERGE_CHOICE;
    }
  g_array_append_val (self->fields, field);
}

static gboolean
is_editable (guint column)
{
  return (inb_kind_get_columns (INB_KIND_CONTACT, NULL)[column].flags & INB_COLUMN_EDITABLE) != 0;
}

/* Who it is, then what is called something, in the order of the detail, then the others. */
static void
add_fields (InbMergePlan *self)
{
  guint n_fields, n_columns;
  const InbField *fields = inb_field_table_get (INB_FIELD_GROUP_CONTACT, &n_fields);

  add_field (self, INB_CONTACT_FIRSTNAME);
  add_field (self, INB_CONTACT_LASTNAME);
  for (guint i = 0; i < n_fields; i++)
    {
      if (fields[i].kind == INB_KIND_CONTACT && is_editable (fields[i].column) && inb_merge_plan_find (self, fields[i].column) == NULL)
        add_field (self, fields[i].column);
    }
  inb_kind_get_columns (INB_KIND_CONTACT, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      if (is_editable (i) && inb_merge_plan_find (self, i) == NULL)
        add_field (self, i);
    }
}

InbMergePlan *
inb_merge_plan_new (GPtrArray *contacts,
                    guint      target)
{
  InbMergePlan *self;

  g_return_val_if_fail (contacts->len > 1 && target < contacts->len, NULL);

  self = g_new0 (InbMergePlan, 1);
  self->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  for (guint i = 0; i < contacts->len; i++)
    g_ptr_array_add (self->contacts, inb_row_ref (g_ptr_array_index (contacts, i)));
  self->fields = g_array_new (FALSE, FALSE, sizeof (InbMergeField));
  self->target = target;
  add_fields (self);

  return self;
}

void
inb_merge_plan_free (InbMergePlan *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->contacts);
  g_array_unref (self->fields);
  g_free (self);
}

static gboolean
is_better (const InbContactShare *share,
           const InbContactShare *best)
{
  gboolean has_crm_id = inb_row_get (share->contact, INB_CONTACT_CRM_ID) != NULL;
  gboolean best_has_crm_id = inb_row_get (best->contact, INB_CONTACT_CRM_ID) != NULL;

  if (has_crm_id != best_has_crm_id)
    return has_crm_id;
  if (share->n_leads != best->n_leads)
    return share->n_leads > best->n_leads;

  return inb_row_get_time (share->contact, INB_CONTACT_CREATED_AT) < inb_row_get_time (best->contact, INB_CONTACT_CREATED_AT);
}

guint
inb_merge_plan_suggest (GPtrArray *shares)
{
  guint best = 0;

  for (guint i = 1; i < shares->len; i++)
    {
      if (is_better (g_ptr_array_index (shares, i), g_ptr_array_index (shares, best)))
        best = i;
    }

  return best;
}

GPtrArray *
inb_merge_plan_get_contacts (const InbMergePlan *self)
{
  return self->contacts;
}

guint
inb_merge_plan_get_target (const InbMergePlan *self)
{
  return self->target;
}

/**
 * inb_merge_plan_set_target:
 *
 * What the user did not decide on follows the one that stays.
 */
void
inb_merge_plan_set_target (InbMergePlan *self,
                           guint         target)
{
  g_return_if_fail (target < self->contacts->len);

  self->target = target;
  for (guint i = 0; i < self->fields->len; i++)
    {
      InbMergeField *field = &g_array_index (self->fields, InbMergeField, i);

      if (!field->is_decided)
        field->chosen = find_holder (self, field->column);
    }
}

const InbMergeField *
inb_merge_plan_get_fields (const InbMergePlan *self,
                           guint              *n_fields)
{
  *n_fields = self->fields->len;

  return (const InbMergeField *) (gpointer) self->fields->data;
}

static InbMergeField *
find (const InbMergePlan *self,
      guint               column)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      InbMergeField *field = &g_array_index (self->fields, InbMergeField, i);

      if (field->column == column)
        return field;
    }

  return NULL;
}

const InbMergeField *
inb_merge_plan_find (const InbMergePlan *self,
                     guint               column)
{
  return find (self, column);
}

void
inb_merge_plan_choose (InbMergePlan *self,
                       guint         column,
                       guint         contact)
{
  InbMergeField *field = find (self, column);

  g_return_if_fail (field != NULL && field->state == INB_MERGE_CHOICE);
  g_return_if_fail (contact < self->contacts->len && get_value (self, contact, column) != NULL);

  field->chosen = contact;
  field->is_decided = TRUE;
}

/* As inb_mutation_apply() does it: what the one that stays has comes first. */
static char *
unite (const InbMergePlan *self,
       guint               column)
{
  char *value = g_strdup (get_value (self, self->target, column));

  for (guint i = 0; i < self->contacts->len; i++)
    {
      g_autofree char *before = value;
      const char *other = get_value (self, i, column);

      if (column == INB_CONTACT_CUSTOM_FIELDS)
        value = inb_json_merge (other, before);
      else if (column == INB_CONTACT_DO_NOT_CONTACT)
        value = g_strdup (g_strcmp0 (before, "true") == 0 ? before : other != NULL ? other : before);
      else
        value = inb_value_merge_set (before, NULL, other);
    }

  return value;
}

char *
inb_merge_plan_dup_value (const InbMergePlan *self,
                          guint               column)
{
  const InbMergeField *field = find (self, column);

  if (field == NULL)
    return NULL;

  return field->state == INB_MERGE_UNITED ? unite (self, column) : g_strdup (get_value (self, field->chosen, column));
}

void
inb_merge_plan_take_decisions (InbMergePlan       *self,
                               const InbMergePlan *before)
{
  g_return_if_fail (self->contacts->len == before->contacts->len);

  inb_merge_plan_set_target (self, before->target);
  for (guint i = 0; i < before->fields->len; i++)
    {
      const InbMergeField *decided = &g_array_index (before->fields, InbMergeField, i);
      InbMergeField *field = find (self, decided->column);

      if (!decided->is_decided || field == NULL || field->state != INB_MERGE_CHOICE ||
          get_value (self, decided->chosen, decided->column) == NULL)
        continue;
      field->chosen = decided->chosen;
      field->is_decided = TRUE;
    }
}

/* The contact whose CRM id is taken goes first: an id belongs to one contact at any time. */
static GArray *
list_goers (const InbMergePlan *self)
{
  const InbMergeField *crm_id = inb_merge_plan_find (self, INB_CONTACT_CRM_ID);
  guint first = crm_id != NULL ? crm_id->chosen : self->target;
  GArray *goers = g_array_new (FALSE, FALSE, sizeof (guint));

  if (first != self->target)
    g_array_append_val (goers, first);
  for (guint i = 0; i < self->contacts->len; i++)
    {
      if (i != self->target && i != first)
        g_array_append_val (goers, i);
    }

  return goers;
}

/* All with the first one that goes: nothing that a later one has gets in their way then. */
static void
add_changes (const InbMergePlan *self,
             InbMutation        *mutation)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const InbMergeField *field = &g_array_index (self->fields, InbMergeField, i);

      if (field->state == INB_MERGE_CHOICE && field->chosen != self->target)
        inb_mutation_add_change (mutation, field->column, get_value (self, self->target, field->column),
                                 get_value (self, field->chosen, field->column));
    }
}

InbEdit *
inb_merge_plan_make_edit (const InbMergePlan *self,
                          const char         *label,
                          gint64              made_at)
{
  g_autoptr (GArray) goers = list_goers (self);
  InbEdit *edit = inb_edit_new (label);

  for (guint i = 0; i < goers->len; i++)
    {
      const InbRow *other = get_contact (self, g_array_index (goers, guint, i));
      g_autoptr (InbMutation) mutation = inb_mutation_new (INB_MUTATION_MERGE, INB_KIND_CONTACT,
                                                           inb_row_get_key (get_contact (self, self->target)), made_at);

      mutation->other_id = g_strdup (inb_row_get_key (other));
      if (i == 0)
        add_changes (self, mutation);
      inb_edit_add (edit, mutation);
    }

  return edit;
}
