#define G_LOG_DOMAIN "inb-service"

#include "inb-import-report.h"

#include "inb-error.h"
#include "inb-json.h"

#define MAX_LISTED 10000

static const char * const names[INB_IMPORT_N_COUNTS] = {
  [INB_IMPORT_CREATE_CONTACT] = "create_contact",
  [INB_IMPORT_UPDATE_CONTACT] = "update_contact",
  [INB_IMPORT_CREATE_LEAD] = "create_lead",
  [INB_IMPORT_UPDATE_LEAD] = "update_lead",
  [INB_IMPORT_UNCHANGED] = "unchanged",
  [INB_IMPORT_CONFLICTS] = "conflicts",
  [INB_IMPORT_REFUSED] = "refused",
};

struct _InbImportReport {
  /* Owned */
  GPtrArray *refused;    /* (element-type utf8): JSON objects */
  GPtrArray *conflicts;  /* likewise */

  gint64     counts[INB_IMPORT_N_COUNTS];
};

InbImportReport *
inb_import_report_new (void)
{
  InbImportReport *self = g_new0 (InbImportReport, 1);

  self->refused = g_ptr_array_new_with_free_func (g_free);
  self->conflicts = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
inb_import_report_free (InbImportReport *self)
{
  g_ptr_array_unref (self->refused);
  g_ptr_array_unref (self->conflicts);
  g_free (self);
}

void
inb_import_report_count (InbImportReport *self,
                         InbImportCount   count)
{
  self->counts[count]++;
}

void
inb_import_report_refuse (InbImportReport *self,
                          guint            line,
                          const GError    *error)
{
  GString *json;

  self->counts[INB_IMPORT_REFUSED]++;
  if (self->refused->len >= MAX_LISTED)
    return;

  json = g_string_new ("{");
  inb_json_append_member_integer (json, "line", line);
  inb_json_append_member (json, "code", inb_error_get_name (inb_error_get_code (error)));
  inb_json_append_member (json, "message", error->message);
  g_string_append_c (json, '}');
  g_ptr_array_add (self->refused, g_string_free (json, FALSE));
}

void
inb_import_report_add_conflicts (InbImportReport *self,
                                 guint            line,
                                 JsonArray       *conflicts)
{
  self->counts[INB_IMPORT_CONFLICTS]++;
  for (guint i = 0; i < json_array_get_length (conflicts) && self->conflicts->len < MAX_LISTED; i++)
    {
      JsonObject *conflict = json_array_get_object_element (conflicts, i);
      GString *json = g_string_new ("{");

      inb_json_append_member_integer (json, "line", line);
      inb_json_append_member (json, "key", inb_json_get_string (conflict, "key"));
      inb_json_append_member (json, "value", inb_json_get_string (conflict, "value"));
      inb_json_append_member (json, "contact_id", inb_json_get_string (conflict, "contact_id"));
      g_string_append_c (json, '}');
      g_ptr_array_add (self->conflicts, g_string_free (json, FALSE));
    }
}

static void
add_listed (GPtrArray *list,
            GPtrArray *others)
{
  for (guint i = 0; i < others->len && list->len < MAX_LISTED; i++)
    g_ptr_array_add (list, g_strdup (g_ptr_array_index (others, i)));
}

void
inb_import_report_add (InbImportReport *self,
                       InbImportReport *other)
{
  for (guint i = 0; i < INB_IMPORT_N_COUNTS; i++)
    self->counts[i] += other->counts[i];
  add_listed (self->refused, other->refused);
  add_listed (self->conflicts, other->conflicts);
}

void
inb_import_report_append_counts (InbImportReport *self,
                                 GString         *json)
{
  inb_json_append_name (json, "counts");
  g_string_append_c (json, '{');
  for (guint i = 0; i < INB_IMPORT_N_COUNTS; i++)
    inb_json_append_member_integer (json, names[i], self->counts[i]);
  g_string_append_c (json, '}');
}

static void
append_list (GString    *json,
             const char *name,
             GPtrArray  *list)
{
  inb_json_append_name (json, name);
  g_string_append_c (json, '[');
  for (guint i = 0; i < list->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      g_string_append (json, g_ptr_array_index (list, i));
    }
  g_string_append_c (json, ']');
}

void
inb_import_report_append_json (InbImportReport *self,
                               GString         *json)
{
  inb_import_report_append_counts (self, json);
  append_list (json, "refused", self->refused);
  append_list (json, "conflicts", self->conflicts);
}
