#define G_LOG_DOMAIN "inb-app"

#include "inb-detail-fields.h"

#include "inb-config.h"
#include "inb-custom-fields.h"
#include "inb-field-row.h"
#include "inb-field-section.h"
#include "inb-row-edit.h"
#include "inb-time.h"

#include <glib/gi18n.h>

#define SUMMARY_LENGTH 60 /* characters, when no more is added */

/* The groups of columns, in the order of InbFieldGroup, and then what is no column. */
enum {
  SECTION_CUSTOM_LEAD = INB_FIELD_GROUP_OTHERS,
  SECTION_CUSTOM_CONTACT,
  N_SECTIONS
};

static const struct {
  const char *key;      /* in the settings */
  const char *title;
} sections[N_SECTIONS] = {
  [INB_FIELD_GROUP_CONTACT] = { "contact", N_("Contact") },
  [INB_FIELD_GROUP_PERSON] = { "person", N_("Person") },
  [INB_FIELD_GROUP_COMPANY] = { "company", N_("Company and address") },
  [INB_FIELD_GROUP_LEAD] = { "lead", N_("Lead") },
  [INB_FIELD_GROUP_MARKETING] = { "marketing", N_("Marketing") },
  [INB_FIELD_GROUP_ALONE] = { "origin", N_("Origin") },
  [SECTION_CUSTOM_LEAD] = { "lead-more", N_("More about the lead") },
  [SECTION_CUSTOM_CONTACT] = { "contact-more", N_("More about the contact") },
};

struct _InbDetailFields {
  AdwBin           parent_instance;

  /* Owned */
  InbSession      *session;
  GSettings       *settings;
  GPtrArray       *rows;            /* (element-type InbFieldRow) borrowed: children */
  char            *lead_id;         /* NULL: a contact by itself */
  char            *contact_id;

  /* Borrowed: children */
  InbFieldSection *sections[N_SECTIONS];
  InbCustomFields *lead_custom;
  InbCustomFields *contact_custom;

  gboolean         show_empty;
};

static guint copied_signal;

G_DEFINE_FINAL_TYPE (InbDetailFields, inb_detail_fields, ADW_TYPE_BIN)

/* --- editing ------------------------------------------------------------------------------------------------------------ */

static void
on_edited (InbDetailFields *self,
           const char      *base,
           const char      *value,
           InbFieldRow     *row)
{
  const InbField *field = inb_field_row_get_field (row);
  const char *id = field->kind == INB_KIND_LEAD ? self->lead_id : self->contact_id;
  /* Translators: what undo takes back: "Company changed" */
  g_autofree char *label = g_strdup_printf (_("%s changed"), _(field->label));
  g_autoptr (InbEdit) edit = NULL;

  if (id == NULL)
    return;
  edit = inb_row_edit_new_update (field->kind, id, field->column, base, value, label);
  inb_edits_do_quietly (inb_session_get_edits (self->session), edit);
}

static void
on_copied (InbDetailFields *self,
           const char      *what)
{
  g_signal_emit (self, copied_signal, 0, what);
}

static void
edit_custom (InbDetailFields *self,
             InbKind          kind,
             const char      *base,
             const char      *value,
             const char      *name)
{
  const char *id = kind == INB_KIND_LEAD ? self->lead_id : self->contact_id;
  guint column = kind == INB_KIND_LEAD ? (guint) INB_LEAD_CUSTOM_FIELDS : (guint) INB_CONTACT_CUSTOM_FIELDS;
  g_autofree char *label = g_strdup_printf (_("%s changed"), name);
  g_autoptr (InbEdit) edit = NULL;

  if (id == NULL)
    return;
  edit = inb_row_edit_new_update (kind, id, column, base, value, label);
  inb_edits_do_quietly (inb_session_get_edits (self->session), edit);
}

static void
on_lead_custom_edited (InbDetailFields *self,
                       const char      *base,
                       const char      *value,
                       const char      *name)
{
  edit_custom (self, INB_KIND_LEAD, base, value, name);
}

static void
on_contact_custom_edited (InbDetailFields *self,
                          const char      *base,
                          const char      *value,
                          const char      *name)
{
  edit_custom (self, INB_KIND_CONTACT, base, value, name);
}

/* --- folding ------------------------------------------------------------------------------------------------------------ */

static void
on_folded (InbDetailFields *self)
{
  g_autoptr (GStrvBuilder) folded = g_strv_builder_new ();
  g_auto (GStrv) keys = NULL;

  for (guint i = 0; i < N_SECTIONS; i++)
    if (inb_field_section_is_folded (self->sections[i]))
      g_strv_builder_add (folded, sections[i].key);
  keys = g_strv_builder_end (folded);
  g_settings_set_strv (self->settings, "folded-groups", (const char *const *) keys);
}

static void
restore_folds (InbDetailFields *self)
{
  g_auto (GStrv) folded = g_settings_get_strv (self->settings, "folded-groups");

  for (guint i = 0; i < N_SECTIONS; i++)
    inb_field_section_set_folded (self->sections[i], g_strv_contains ((const char *const *) folded, sections[i].key));
}

/* --- showing ------------------------------------------------------------------------------------------------------------ */

/* A number is shown as it is dialled, but edited as it was written. */
static char *
describe (InbDetailFields     *self,
          const InbField      *field,
          const InbLeadDetail *detail)
{
  const InbRow *row = field->kind == INB_KIND_LEAD ? detail->lead : detail->contact;
  InbFieldContext context = inb_field_context_get (self->session, detail->lead);
  const char *display = NULL;

  if (row == NULL)
    return NULL;
  if (field->kind == INB_KIND_CONTACT && field->column == INB_CONTACT_PHONE)
    display = inb_row_get (row, INB_CONTACT_PHONE_DISPLAY);

  return display != NULL ? g_strdup (display) : inb_field_text_describe (field->kind, field->column, inb_row_get (row, field->column),
                                                                         &context);
}

/* NULL: nothing is in the way. */
static const char *
get_lock (const InbField *field,
          const char     *value)
{
  g_autofree char *typed = NULL;

  if (!inb_mutation_may_set (INB_MUTATION_UPDATE, field->kind, field->column))
    return _("The service keeps this by itself");

  typed = inb_field_text_to_typed (field->kind, field->column, value);

  return typed != NULL ? NULL : _("This is more than a list of words");
}

/* An instant in full, where the field shows it in short. (transfer full) (nullable) */
static char *
make_hint (InbDetailFields *self,
           const InbField  *field,
           const char      *value)
{
  gint64 time;

  if (inb_kind_get_columns (field->kind, NULL)[field->column].type != INB_TYPE_TIME || value == NULL ||
      !inb_time_parse (value, &time))
    return NULL;

  return inb_clock_describe (inb_session_get_clock (self->session), time);
}

static gboolean
has_group (const InbLeadDetail *detail,
           InbFieldGroup        group)
{
  if (group <= INB_FIELD_GROUP_COMPANY)
    return detail->contact != NULL;

  return (detail->lead != NULL) == (group != INB_FIELD_GROUP_ALONE);
}

static void
update_row (InbDetailFields     *self,
            InbFieldRow         *row,
            InbFieldGroup        group,
            const InbLeadDetail *detail)
{
  const InbField *field = inb_field_row_get_field (row);
  const InbRow *source = field->kind == INB_KIND_LEAD ? detail->lead : detail->contact;
  const char *value = source != NULL ? inb_row_get (source, field->column) : NULL;
  g_autofree char *shown = describe (self, field, detail);
  g_autofree char *hint = make_hint (self, field, value);
  const char *lock = get_lock (field, value);

  if (lock == NULL)
    inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, &lock);
  inb_field_row_set_value (row, value, shown);
  inb_field_row_set_hint (row, hint);
  inb_field_row_set_locked (row, lock != NULL, lock);
  gtk_widget_set_visible (GTK_WIDGET (row),
                          has_group (detail, group) && source != NULL &&
                          (shown != NULL || inb_field_row_is_edited (row) ||
                           (self->show_empty && lock == NULL)));
}

/* What the head of the pane says already is no news under a folded heading. */
static gboolean
is_said_above (const InbField *field)
{
  static const guint leads[] = { INB_LEAD_ASSIGNED_TO, INB_LEAD_TEMPERATURE, INB_LEAD_LEAD_SCORE, INB_LEAD_PRODUCT_INTEREST,
                                 INB_LEAD_PREVIOUS_STAGE };

  InbType type = inb_kind_get_columns (field->kind, NULL)[field->column].type;

  /* Nor is "Yes", or a time, without its question. */
  if (type == INB_TYPE_BOOLEAN || type == INB_TYPE_TIME)
    return TRUE;
  if (field->kind == INB_KIND_CONTACT)
    return field->column == INB_CONTACT_FIRSTNAME || field->column == INB_CONTACT_LASTNAME;
  for (guint i = 0; i < G_N_ELEMENTS (leads); i++)
    if (leads[i] == field->column)
      return TRUE;

  return FALSE;
}

static void
append_to_summary (GString     *summary,
                   InbFieldRow *row)
{
  const char *shown = inb_field_row_get_shown (row);

  if (shown != NULL && summary->len < SUMMARY_LENGTH && !is_said_above (inb_field_row_get_field (row)))
    g_string_append_printf (summary, "%s%s", summary->len > 0 ? " · " : "", shown);
}

static void
update_rows (InbDetailFields     *self,
             const InbLeadDetail *detail)
{
  guint n = 0;

  for (guint group = 0; group < INB_FIELD_GROUP_OTHERS; group++)
    {
      g_autoptr (GString) summary = g_string_new (NULL);
      guint n_fields;
      gboolean any = FALSE;

      inb_field_table_get (group, &n_fields);
      for (guint i = 0; i < n_fields; i++, n++)
        {
          GtkWidget *row = g_ptr_array_index (self->rows, n);

          update_row (self, INB_FIELD_ROW (row), group, detail);
          any |= gtk_widget_get_visible (row);
          append_to_summary (summary, INB_FIELD_ROW (row));
        }
      g_strdelimit (summary->str, "\n", ' ');
      inb_field_section_set_summary (self->sections[group], summary->str);
      gtk_widget_set_visible (GTK_WIDGET (self->sections[group]), any);
    }
}

static void
show_custom (InbFieldSection *section,
             InbCustomFields *custom,
             const InbRow    *row)
{
  gboolean any = inb_custom_fields_show (custom, row);
  g_autofree char *summary = inb_custom_fields_dup_summary (custom);

  inb_field_section_set_summary (section, summary);
  gtk_widget_set_visible (GTK_WIDGET (section), any);
}

static void
inb_detail_fields_finalize (GObject *object)
{
  InbDetailFields *self = INB_DETAIL_FIELDS (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->lead_id);
  g_free (self->contact_id);

  G_OBJECT_CLASS (inb_detail_fields_parent_class)->finalize (object);
}

static void
inb_detail_fields_class_init (InbDetailFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_detail_fields_finalize;

  copied_signal = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
}

static void
inb_detail_fields_init (InbDetailFields *self)
{
  self->rows = g_ptr_array_new ();
}

static void
fill_section (InbDetailFields *self,
              InbFieldGroup    group)
{
  GtkBox *box = inb_field_section_get_box (self->sections[group]);
  guint n_fields;
  const InbField *fields = inb_field_table_get (group, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    {
      GtkWidget *row = inb_field_row_new (&fields[i], self->session);

      gtk_widget_set_visible (row, FALSE);
      g_signal_connect_object (row, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
      gtk_box_append (box, row);
      g_ptr_array_add (self->rows, row);
    }
}

static InbCustomFields *
fill_custom (InbDetailFields *self,
             guint            section,
             InbKind          kind,
             GCallback        on_custom_edited)
{
  GtkWidget *custom = inb_custom_fields_new (self->session, kind);

  gtk_box_append (inb_field_section_get_box (self->sections[section]), custom);
  g_signal_connect_object (custom, "edited", on_custom_edited, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (custom, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);

  return INB_CUSTOM_FIELDS (custom);
}

static void
make_sections (InbDetailFields *self,
               GtkBox          *box)
{
  for (guint i = 0; i < N_SECTIONS; i++)
    {
      GtkWidget *section = inb_field_section_new (sections[i].key, _(sections[i].title));

      self->sections[i] = INB_FIELD_SECTION (section);
      g_signal_connect_object (section, "folded", G_CALLBACK (on_folded), self, G_CONNECT_SWAPPED);
      gtk_box_append (box, section);
      if (i < INB_FIELD_GROUP_OTHERS)
        fill_section (self, i);
    }
  self->lead_custom = fill_custom (self, SECTION_CUSTOM_LEAD, INB_KIND_LEAD, G_CALLBACK (on_lead_custom_edited));
  self->contact_custom = fill_custom (self, SECTION_CUSTOM_CONTACT, INB_KIND_CONTACT, G_CALLBACK (on_contact_custom_edited));
  restore_folds (self);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_detail_fields_new:
 * @session: whose rows are shown and edited
 *
 * Returns: (transfer none): a floating widget, empty
 */
GtkWidget *
inb_detail_fields_new (InbSession *session)
{
  InbDetailFields *self = g_object_new (INB_TYPE_DETAIL_FIELDS, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->session = g_object_ref (session);
  self->settings = g_settings_new (INB_APP_ID);
  make_sections (self, GTK_BOX (box));
  adw_bin_set_child (ADW_BIN (self), box);

  return GTK_WIDGET (self);
}

void
inb_detail_fields_show (InbDetailFields     *self,
                        const InbLeadDetail *detail)
{
  const char *lead_id;
  const char *contact_id;

  g_return_if_fail (INB_IS_DETAIL_FIELDS (self) && detail != NULL);

  lead_id = detail->lead != NULL ? inb_row_get_key (detail->lead) : NULL;
  contact_id = detail->contact != NULL ? inb_row_get_key (detail->contact) : NULL;
  if (g_strcmp0 (self->lead_id, lead_id) != 0 || g_strcmp0 (self->contact_id, contact_id) != 0)
    for (guint i = 0; i < self->rows->len; i++)
      inb_field_row_cancel (g_ptr_array_index (self->rows, i));
  g_free (self->lead_id);
  self->lead_id = g_strdup (lead_id);
  g_free (self->contact_id);
  self->contact_id = g_strdup (contact_id);
  update_rows (self, detail);
  show_custom (self->sections[SECTION_CUSTOM_LEAD], self->lead_custom, detail->lead);
  show_custom (self->sections[SECTION_CUSTOM_CONTACT], self->contact_custom, detail->contact);
}

void
inb_detail_fields_set_show_empty (InbDetailFields *self,
                                  gboolean         show_empty)
{
  g_return_if_fail (INB_IS_DETAIL_FIELDS (self));

  self->show_empty = show_empty;
  /* What is folded away would show none of them. */
  for (guint i = 0; i < INB_FIELD_GROUP_OTHERS && show_empty; i++)
    inb_field_section_set_folded (self->sections[i], FALSE);
  if (!show_empty)
    restore_folds (self);
}
