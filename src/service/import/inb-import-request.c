#define G_LOG_DOMAIN "inb-service"

#include "inb-import-request.h"

#include "inb-error.h"
#include "inb-field-value.h"
#include "inb-json.h"
#include "inb-params.h"
#include "inb-uuid.h"

#include <string.h>

#define MAX_NAME 200
#define DEFAULT_SOURCE "Import"

static const char * const allowed[] = { "workspace_id", "dry_run", "id", "name", "source", "mapping", "delimiter", NULL };
static const char * const booleans[] = { "0", "1", NULL };
static const char * const delimiters[] = { "auto", ",", ";", "tab", "|", NULL };

static gboolean
read_delimiter (InbImportRequest  *self,
                GHashTable        *params,
                GError           **error)
{
  static const char characters[] = { 0, ',', ';', '\t', '|' };
  guint choice;

  if (!inb_params_get_choice (params, "delimiter", delimiters, &choice, error))
    return FALSE;
  self->delimiter = characters[choice];

  return TRUE;
}

static gboolean
read_id (InbImportRequest  *self,
         GHashTable        *params,
         GError           **error)
{
  const char *id = inb_params_get (params, "id");

  self->id = id == NULL ? inb_uuid_new_v7 () : inb_uuid_normalize (id);
  if (self->id == NULL)
    g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "id: must be a UUID");

  return self->id != NULL;
}

static gboolean
read_mapping (InbImportRequest  *self,
              GHashTable        *params,
              GError           **error)
{
  const char *mapping = inb_params_get (params, "mapping");
  g_autoptr (GError) problem = NULL;

  if (mapping == NULL)
    return TRUE;

  self->mapping = inb_json_parse (mapping, strlen (mapping), &problem);
  if (self->mapping != NULL && JSON_NODE_HOLDS_OBJECT (self->mapping))
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "mapping: must be a JSON object of column → field%s%s",
               problem == NULL ? "" : ": ", problem == NULL ? "" : problem->message);

  return FALSE;
}

/**
 * inb_import_request_new:
 * @params: (nullable): the request's
 *
 * Returns: (transfer full) (nullable): what is asked for
 */
InbImportRequest *
inb_import_request_new (GHashTable  *params,
                        GError     **error)
{
  g_autoptr (InbImportRequest) self = g_new0 (InbImportRequest, 1);
  guint is_trial;

  if (!inb_params_check (params, allowed, error) ||
      !inb_params_get_choice (params, "dry_run", booleans, &is_trial, error) ||
      !read_delimiter (self, params, error) ||
      !read_id (self, params, error) ||
      !read_mapping (self, params, error))
    return NULL;

  self->is_trial = is_trial;
  self->file_name = inb_field_clean (inb_params_get (params, "name"), MAX_NAME, FALSE);
  self->source = inb_field_clean (inb_params_get (params, "source"), MAX_NAME, FALSE);
  if (self->source == NULL)
    self->source = g_strdup (DEFAULT_SOURCE);

  return g_steal_pointer (&self);
}

void
inb_import_request_free (InbImportRequest *self)
{
  g_free (self->id);
  g_free (self->file_name);
  g_free (self->source);
  g_clear_pointer (&self->mapping, json_node_unref);
  g_free (self);
}
