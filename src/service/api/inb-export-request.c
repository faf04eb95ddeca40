#define G_LOG_DOMAIN "inb-service"

#include "inb-export-request.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-params.h"

#include <string.h>

#define CONTACT_PREFIX "contact."
#define OWNER "owner"

static const char * const own_params[] = { "columns", NULL };

static const char * const default_columns[] = {
  "created_at", "contact.firstname", "contact.lastname", "contact.email", "contact.phone", "contact.company", "product_interest",
  "lead_source", "sub_source", "utm_campaign", "stage", "temperature", "lead_score", "priority", "estimated_value", "conversion_value",
  "currency", OWNER, "team_id", "next_follow_up_at", "first_response_at", "last_activity_at", "converted_at", "lost_at", "lost_reason",
  "initial_inquiry", "id", "contact_id", NULL,
};

static const InbColumn *
find_column (InbKind     kind,
             const char *name)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (kind, &n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      if (strcmp (columns[i].name, name) == 0)
        return &columns[i];
    }

  return NULL;
}

/* The names put into SQL are those of our own tables, never the client's text. */
static gboolean
add_column (InbExportRequest  *self,
            GString           *select,
            const char        *name,
            GError           **error)
{
  gboolean of_contact = g_str_has_prefix (name, CONTACT_PREFIX);
  const InbColumn *column = of_contact ? find_column (INB_KIND_CONTACT, name + strlen (CONTACT_PREFIX))
                                       : find_column (INB_KIND_LEAD, name);
  InbExportColumn exported = { g_intern_string (OWNER), INB_TYPE_TEXT };

  if (column == NULL && strcmp (name, OWNER) != 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "columns: there is no column “%s”", name);
      return FALSE;
    }

  if (select->len > 0)
    g_string_append (select, ", ");
  if (column == NULL)
    g_string_append (select, "m.name");
  else
    g_string_append_printf (select, "%s.%s", of_contact ? "c" : "l", column->name);
  if (column != NULL)
    {
      exported.name = g_intern_string (name);
      exported.type = column->type;
    }
  g_array_append_val (self->columns, exported);

  return TRUE;
}

static gboolean
read_columns (InbExportRequest  *self,
              GHashTable        *params,
              GError           **error)
{
  g_autoptr (GString) select = g_string_new (NULL);
  g_auto (GStrv) list = NULL;
  const char * const *names = default_columns;

  if (!inb_params_get_list (params, "columns", &list, error))
    return FALSE;
  if (list != NULL)
    names = (const char * const *) list;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!add_column (self, select, names[i], error))
        return FALSE;
    }
  self->select = g_string_free (g_steal_pointer (&select), FALSE);

  return TRUE;
}

static char *
write_filter (GHashTable *params)
{
  GString *json = g_string_new ("{");
  g_autoptr (GList) names = params == NULL ? NULL : g_list_sort (g_hash_table_get_keys (params), (GCompareFunc) strcmp);

  for (GList *link = names; link != NULL; link = link->next)
    {
      const char *value = inb_params_get (params, link->data);

      if (value != NULL && strcmp (link->data, "workspace_id") != 0 && strcmp (link->data, "columns") != 0)
        inb_json_append_member (json, link->data, value);
    }
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

/**
 * inb_export_request_new:
 * @params: (nullable): the request's
 *
 * Returns: (transfer full): what is asked for, or %NULL with %INB_ERROR_INVALID_ARGUMENT naming the parameter
 */
InbExportRequest *
inb_export_request_new (GHashTable  *params,
                        GError     **error)
{
  g_autoptr (InbExportRequest) self = g_new0 (InbExportRequest, 1);

  self->columns = g_array_new (FALSE, FALSE, sizeof (InbExportColumn));
  self->scope = inb_lead_scope_new (params, own_params, error);
  if (self->scope == NULL || !read_columns (self, params, error))
    return NULL;
  self->filter = write_filter (params);

  return g_steal_pointer (&self);
}

void
inb_export_request_free (InbExportRequest *self)
{
  g_clear_pointer (&self->scope, inb_lead_scope_free);
  g_array_unref (self->columns);
  g_free (self->select);
  g_free (self->filter);
  g_free (self);
}
