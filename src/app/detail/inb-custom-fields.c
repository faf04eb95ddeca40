#define G_LOG_DOMAIN "inb-app"

#include "inb-custom-fields.h"

#include "inb-field-row.h"
#include "inb-format.h"
#include "inb-json.h"

#include <glib/gi18n.h>
#include <string.h>

#define LONG_TEXT 60 /* characters that want an editor of several lines */

/* One member. */
typedef struct {
  /* Owned */
  char        *name;
  char        *label;
  InbField     field;    /* what it is edited like */

  /* Borrowed: child */
  InbFieldRow *row;

  gboolean     is_number;
  gboolean     is_simple; /* a text or a number */
} Member;

struct _InbCustomFields {
  AdwBin      parent_instance;

  /* Owned */
  InbSession *session;
  GPtrArray  *members;       /* (element-type Member) */
  GPtrArray  *definitions;   /* (element-type InbRow), or NULL */
  char       *id;            /* of the row */
  char       *json;          /* what is shown */

  InbKind     kind;
  gboolean    may;
};

enum {
  EDITED,
  COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbCustomFields, inb_custom_fields, ADW_TYPE_BIN)

static gboolean is_edited (InbCustomFields *self);
static void fill (InbCustomFields *self);

static guint
get_column (InbCustomFields *self)
{
  return self->kind == INB_KIND_LEAD ? (guint) INB_LEAD_CUSTOM_FIELDS : (guint) INB_CONTACT_CUSTOM_FIELDS;
}

static void
member_free (Member *member)
{
  g_free (member->name);
  g_free (member->label);
  g_free (member);
}

/* --- definitions -------------------------------------------------------------------------------------------------------- */

static const InbRow *
find_definition (InbCustomFields *self,
                 const char      *name)
{
  const char *entity = inb_kind_get_name (self->kind);

  for (guint i = 0; self->definitions != NULL && i < self->definitions->len; i++)
    {
      const InbRow *definition = g_ptr_array_index (self->definitions, i);

      if (g_strcmp0 (inb_row_get (definition, INB_FIELD_DEFINITION_FIELD_KEY), name) == 0 &&
          g_strcmp0 (inb_row_get (definition, INB_FIELD_DEFINITION_ENTITY), entity) == 0)
        return definition;
    }

  return NULL;
}

/* (transfer full) */
static char *
make_label (const InbRow *definition,
            const char   *name)
{
  const char *label = definition != NULL ? inb_row_get (definition, INB_FIELD_DEFINITION_LABEL) : NULL;

  return label != NULL ? g_strdup (label) : inb_format_key (name);
}

/* What was never said is allowed. */
static gboolean
is_said_no (const InbRow *definition,
            guint         column)
{
  return definition != NULL && g_strcmp0 (inb_row_get (definition, column), "false") == 0;
}

static void
on_definitions (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (InbCustomFields) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *definitions = inb_replica_list_finish (INB_REPLICA (source), result, &error);

  if (definitions == NULL)
    {
      g_message ("reading the fields' definitions: %s", error->message);
      return;
    }
  g_clear_pointer (&self->definitions, g_ptr_array_unref);
  self->definitions = definitions;
  if (definitions->len > 0 && !is_edited (self))
    fill (self);
}

/* --- editing ------------------------------------------------------------------------------------------------------------ */

static Member *
find_member (InbCustomFields *self,
             InbFieldRow     *row)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      Member *member = g_ptr_array_index (self->members, i);

      if (member->row == row)
        return member;
    }

  return NULL;
}

/* A number stays one when it still reads as one. (transfer full) */
static JsonNode *
make_node (const Member *member,
           const char   *value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  char *end = NULL;
  double number = member->is_number ? g_ascii_strtod (value, &end) : 0;
  gint64 whole;

  if (member->is_number && g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &whole, NULL))
    json_node_set_int (node, whole);
  else if (member->is_number && end != value && *end == '\0')
    json_node_set_double (node, number);
  else
    json_node_set_string (node, value);

  return node;
}

static void
on_edited (InbCustomFields *self,
           const char      *base,
           const char      *value,
           InbFieldRow     *row)
{
  Member *member = find_member (self, row);
  g_autoptr (JsonNode) node = inb_json_parse (self->json, strlen (self->json), NULL);
  g_autofree char *before = g_strdup (self->json);
  g_autofree char *after = NULL;

  if (member == NULL || node == NULL)
    return;

  if (value != NULL)
    json_object_set_member (json_node_get_object (node), member->name, make_node (member, value));
  else
    json_object_remove_member (json_node_get_object (node), member->name);
  after = json_object_get_size (json_node_get_object (node)) > 0 ? json_to_string (node, FALSE) : NULL;
  g_signal_emit (self, signals[EDITED], 0, before, after, member->label);
}

static void
on_copied (InbCustomFields *self,
           const char      *what)
{
  g_signal_emit (self, signals[COPIED], 0, what);
}

static gboolean
is_edited (InbCustomFields *self)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      const Member *member = g_ptr_array_index (self->members, i);

      if (inb_field_row_is_edited (member->row))
        return TRUE;
    }

  return FALSE;
}

/* --- showing ------------------------------------------------------------------------------------------------------------ */

static void
set_locked (InbCustomFields *self,
            Member          *member)
{
  const InbRow *definition = find_definition (self, member->name);
  const char *reason = NULL;

  if (inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, &reason) && !member->is_simple)
    reason = _("This is more than a text or a number");
  else if (reason == NULL && is_said_no (definition, INB_FIELD_DEFINITION_IS_EDITABLE))
    reason = _("This field is not to be edited");
  inb_field_row_set_locked (member->row, reason != NULL, reason);
}

/* The row knows columns only: a custom field is edited like a lead's text. */
static void
append_member (InbCustomFields *self,
               GtkBox          *box,
               const char      *name,
               JsonNode        *node)
{
  const InbRow *definition = find_definition (self, name);
  g_autofree char *text = inb_field_text_describe_json (node);
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  Member *member;

  if (text == NULL || *name == '\0' || is_said_no (definition, INB_FIELD_DEFINITION_IS_VISIBLE))
    return;

  member = g_new0 (Member, 1);
  member->name = g_strdup (name);
  member->label = make_label (definition, name);
  member->is_number = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
  member->is_simple = member->is_number || type == G_TYPE_STRING;
  member->field.kind = INB_KIND_LEAD;
  member->field.column = g_utf8_strlen (text, -1) > LONG_TEXT || strchr (text, '\n') != NULL ? INB_LEAD_INITIAL_INQUIRY
                         : INB_LEAD_BUDGET_RANGE;
  member->field.label = member->label;
  member->field.look = INB_FIELD_LOOK_LINK;
  member->row = INB_FIELD_ROW (inb_field_row_new (&member->field, self->session));
  inb_field_row_set_hint (member->row, definition != NULL ? inb_row_get (definition, INB_FIELD_DEFINITION_HELP_TEXT) : NULL);
  inb_field_row_set_value (member->row, text, text);
  set_locked (self, member);
  g_signal_connect_object (member->row, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (member->row, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (member->row));
  g_ptr_array_add (self->members, member);
}

static void
fill (InbCustomFields *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  g_autoptr (JsonNode) node = self->json != NULL ? inb_json_parse (self->json, strlen (self->json), NULL) : NULL;
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->members);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) member_free);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        append_member (self, box, name, value);
    }
  /* The old rows go before the fields that they point at. */
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));
}

static void
inb_custom_fields_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (inb_custom_fields_parent_class)->dispose (object);
}

static void
inb_custom_fields_finalize (GObject *object)
{
  InbCustomFields *self = INB_CUSTOM_FIELDS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_clear_pointer (&self->definitions, g_ptr_array_unref);
  g_free (self->id);
  g_free (self->json);

  G_OBJECT_CLASS (inb_custom_fields_parent_class)->finalize (object);
}

static void
inb_custom_fields_class_init (InbCustomFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_custom_fields_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_custom_fields_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                  G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[COPIED] = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
inb_custom_fields_init (InbCustomFields *self)
{
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) member_free);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_custom_fields_new:
 *
 * Returns: (transfer none): a floating widget, empty
 */
GtkWidget *
inb_custom_fields_new (InbSession *session,
                       InbKind     kind)
{
  InbCustomFields *self = g_object_new (INB_TYPE_CUSTOM_FIELDS, NULL);

  self->session = g_object_ref (session);
  self->kind = kind;
  inb_replica_list_async (inb_session_get_replica (session), INB_KIND_FIELD_DEFINITION, NULL, on_definitions, g_object_ref (self));

  return GTK_WIDGET (self);
}

gboolean
inb_custom_fields_show (InbCustomFields *self,
                        const InbRow    *row)
{
  const char *json = row != NULL ? inb_row_get (row, get_column (self)) : NULL;
  const char *id = row != NULL ? inb_row_get_key (row) : NULL;
  gboolean may = inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, NULL);
  gboolean same_row = g_strcmp0 (self->id, id) == 0;

  g_return_val_if_fail (INB_IS_CUSTOM_FIELDS (self), FALSE);

  if (same_row && may != self->may && is_edited (self))
    for (guint i = 0; i < self->members->len; i++)
      set_locked (self, g_ptr_array_index (self->members, i));
  if (same_row && ((may == self->may && g_strcmp0 (self->json, json) == 0) || is_edited (self)))
    return self->members->len > 0;

  self->may = may;
  g_free (self->id);
  self->id = g_strdup (id);
  g_free (self->json);
  self->json = g_strdup (json);
  fill (self);

  return self->members->len > 0;
}

char *
inb_custom_fields_dup_summary (InbCustomFields *self)
{
  g_autoptr (GString) summary = g_string_new (NULL);

  g_return_val_if_fail (INB_IS_CUSTOM_FIELDS (self), NULL);

  for (guint i = 0; i < MIN (self->members->len, 2); i++)
    {
      const Member *member = g_ptr_array_index (self->members, i);

      g_string_append_printf (summary, "%s%s", i > 0 ? " · " : "", member->label);
    }

  return summary->len > 0 ? g_string_free (g_steal_pointer (&summary), FALSE) : NULL;
}
