#define G_LOG_DOMAIN "inb-app"

#include "inb-import-fields.h"

#include "inb-field-table.h"
#include "inb-import-map.h"
#include "inb-lead-column.h"

#include <glib/gi18n.h>

typedef struct {
  const char *target;
  const char *name;  /* to be translated */
} Plain;

/* What is no single column of ours, or is called otherwise in a file. */
static const Plain plain[] = {
  { "ignore", N_("Do not import") },
  { "custom.", N_("Custom field") },
  { "name", N_("First and last name") },
};

static const Plain behind_contact[] = {
  { "status", N_("Stage") },
  { "notes", N_("Note, inquiry") },
  { "appointment", N_("Appointment") },
  { "appointment_time", N_("Appointment, time of day") },
  { "owner", N_("Owner") },
};

static const Plain last[] = {
  { "lead.currency", N_("Currency") },
  { "lead.created_at", N_("Created") },
  { "lead.tags", N_("Tags") },
  { "contact.tags", N_("Tags of the contact") },
  { "lead.id", N_("Lead’s ID") },
  { "contact.id", N_("Contact’s ID") },
};

/* Headings of files that the table was exported into. */
static const struct {
  InbLeadSort  column;
  const char  *target;
} exported[] = {
  { INB_LEAD_SORT_NAME, "name" },
  { INB_LEAD_SORT_PHONE, "contact.phone" },
  { INB_LEAD_SORT_EMAIL, "contact.email" },
  { INB_LEAD_SORT_COMPANY, "contact.company" },
  { INB_LEAD_SORT_SOURCE, "lead.lead_source" },
  { INB_LEAD_SORT_PRODUCT, "lead.product_interest" },
  { INB_LEAD_SORT_STAGE, "status" },
  { INB_LEAD_SORT_SCORE, "lead.lead_score" },
  { INB_LEAD_SORT_TEMPERATURE, "lead.temperature" },
  { INB_LEAD_SORT_OWNER, "owner" },
  { INB_LEAD_SORT_TEAM, "lead.team_id" },
  { INB_LEAD_SORT_VALUE, "lead.estimated_value" },
  { INB_LEAD_SORT_CAMPAIGN, "lead.utm_campaign" },
  { INB_LEAD_SORT_CREATED, "lead.created_at" },
  { INB_LEAD_SORT_LAST_ACTIVITY, "ignore" },
  { INB_LEAD_SORT_FOLLOW_UP, "lead.next_follow_up_at" },
};

struct _InbImportFields {
  GObject        parent_instance;

  /* Owned */
  GtkStringList *names;
  GPtrArray     *targets;   /* (element-type utf8): of each name */
};

G_DEFINE_FINAL_TYPE (InbImportFields, inb_import_fields, G_TYPE_OBJECT)

static gboolean
find (InbImportFields *self,
      const char      *target,
      guint           *field)
{
  return g_ptr_array_find_with_equal_func (self->targets, target, g_str_equal, field);
}

static void
add (InbImportFields *self,
     const char      *target,
     const char      *name)
{
  g_autofree char *longer = NULL;
  guint known;

  if (find (self, target, &known))
    return;
  for (guint i = 0; i < self->targets->len && longer == NULL; i++)
    if (g_str_equal (gtk_string_list_get_string (self->names, i), name))
      longer = g_strdup_printf (_("%s (of the lead)"), name);
  gtk_string_list_append (self->names, longer != NULL ? longer : name);
  g_ptr_array_add (self->targets, g_strdup (target));
}

static void
add_plain (InbImportFields *self,
           const Plain     *fields,
           guint            n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    add (self, fields[i].target, _(fields[i].name));
}

/* What only the service or the user himself writes is no field of a file. */
static void
add_group (InbImportFields *self,
           InbFieldGroup    group)
{
  guint n_fields;
  const InbField *fields = inb_field_table_get (group, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    {
      const InbColumn *column = &inb_kind_get_columns (fields[i].kind, NULL)[fields[i].column];
      g_autofree char *target = g_strconcat (inb_kind_get_name (fields[i].kind), ".", column->name, NULL);

      if (inb_import_map_has_target (target) && !g_str_equal (target, "lead.assigned_to"))
        add (self, target, _(fields[i].label));
    }
}

/* --- guessing ----------------------------------------------------------------------------------------------------------- */

static gboolean
is_heading (const char *text,
            const char *heading)
{
  return g_utf8_collate (text, heading) == 0 || g_utf8_collate (text, _(heading)) == 0;
}

/* Our own headings, in the user's language as well; NULL when it is none. */
static const char *
find_exported (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (exported); i++)
    if (is_heading (text, inb_lead_column_get_info (exported[i].column)->title))
      return exported[i].target;
  if (is_heading (text, N_("ID")))
    return "lead.id";
  if (is_heading (text, N_("Contact ID")))
    return "contact.id";
  if (is_heading (text, N_("Currency")))
    return "lead.currency";
  if (is_heading (text, N_("First Response (seconds)")))
    return "ignore";

  return NULL;
}

static guint
guess_one (InbImportFields *self,
           const char      *column)
{
  g_autofree char *clean = g_strstrip (g_strdup (column));
  const char *known = find_exported (clean);
  g_autofree char *target = known != NULL ? g_strdup (known) : inb_import_guess (column);
  guint field;

  if (find (self, target, &field))
    return field;

  return g_str_has_prefix (target, "custom.") ? INB_IMPORT_FIELDS_CUSTOM : INB_IMPORT_FIELDS_IGNORE;
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_import_fields_finalize (GObject *object)
{
  InbImportFields *self = INB_IMPORT_FIELDS (object);

  g_clear_object (&self->names);
  g_clear_pointer (&self->targets, g_ptr_array_unref);

  G_OBJECT_CLASS (inb_import_fields_parent_class)->finalize (object);
}

static void
inb_import_fields_class_init (InbImportFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_import_fields_finalize;
}

static void
inb_import_fields_init (InbImportFields *self)
{
  self->names = gtk_string_list_new (NULL);
  self->targets = g_ptr_array_new_with_free_func (g_free);
  add_plain (self, plain, G_N_ELEMENTS (plain));
  add_group (self, INB_FIELD_GROUP_CONTACT);
  add_group (self, INB_FIELD_GROUP_PERSON);
  add_group (self, INB_FIELD_GROUP_COMPANY);
  add_plain (self, behind_contact, G_N_ELEMENTS (behind_contact));
  add_group (self, INB_FIELD_GROUP_LEAD);
  add_group (self, INB_FIELD_GROUP_MARKETING);
  add_plain (self, last, G_N_ELEMENTS (last));
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbImportFields *
inb_import_fields_new (void)
{
  return g_object_new (INB_TYPE_IMPORT_FIELDS, NULL);
}

GListModel *
inb_import_fields_get_names (InbImportFields *self)
{
  g_return_val_if_fail (INB_IS_IMPORT_FIELDS (self), NULL);

  return G_LIST_MODEL (self->names);
}

const char *
inb_import_fields_get_name (InbImportFields *self,
                            guint            field)
{
  g_return_val_if_fail (INB_IS_IMPORT_FIELDS (self), NULL);

  return gtk_string_list_get_string (self->names, field);
}

/**
 * inb_import_fields_dup_target:
 * @column: the file's, whose name a custom field gets
 *
 * Returns: (transfer full): what the service calls it
 */
char *
inb_import_fields_dup_target (InbImportFields *self,
                              guint            field,
                              const char      *column)
{
  g_return_val_if_fail (INB_IS_IMPORT_FIELDS (self) && field < self->targets->len, NULL);

  return field == INB_IMPORT_FIELDS_CUSTOM ? inb_import_make_custom (column) : g_strdup (g_ptr_array_index (self->targets, field));
}

gboolean
inb_import_fields_may_repeat (InbImportFields *self,
                              guint            field)
{
  g_return_val_if_fail (INB_IS_IMPORT_FIELDS (self) && field < self->targets->len, FALSE);

  return field == INB_IMPORT_FIELDS_IGNORE || field == INB_IMPORT_FIELDS_CUSTOM ||
         g_str_equal (g_ptr_array_index (self->targets, field), "notes");
}

gboolean
inb_import_fields_is_identity (InbImportFields *self,
                               guint            field)
{
  static const char * const identities[] = { "contact.phone", "contact.email", "contact.crm_id", "lead.id", NULL };

  g_return_val_if_fail (INB_IS_IMPORT_FIELDS (self) && field < self->targets->len, FALSE);

  return g_strv_contains (identities, g_ptr_array_index (self->targets, field));
}

/**
 * inb_import_fields_guess:
 *
 * Of two columns that look like the same field the first one gets it, the other becomes a custom field.
 *
 * Returns: (transfer full) (element-type guint): a field for each column
 */
GArray *
inb_import_fields_guess (InbImportFields *self,
                         InbImportTable  *table)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  GArray *guess;

  g_return_val_if_fail (INB_IS_IMPORT_FIELDS (self) && INB_IS_IMPORT_TABLE (table), NULL);

  guess = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < inb_import_table_get_n_columns (table); i++)
    {
      guint field = guess_one (self, inb_import_table_get_column (table, i));

      if (!inb_import_fields_may_repeat (self, field) && !g_hash_table_add (taken, GUINT_TO_POINTER (field)))
        field = INB_IMPORT_FIELDS_CUSTOM;
      g_array_append_val (guess, field);
    }

  return guess;
}
