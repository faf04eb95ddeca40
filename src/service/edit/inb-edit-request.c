#define G_LOG_DOMAIN "inb-service"

#include "inb-edit-request.h"

#include "inb-edit-body.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-uuid.h"

/* One element of the array. */
typedef struct {
  /* Owned */
  InbMutation       *mutation;  /* NULL when it could not be read */
  InbMutationResult *result;
  char              *refusal;   /* the answer to what could not be read */
} Entry;

struct _InbEditRequest {
  /* Owned */
  GPtrArray *entries; /* Entry */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->mutation, inb_mutation_unref);
  g_clear_pointer (&entry->result, inb_mutation_result_unref);
  g_free (entry->refusal);
  g_free (entry);
}

/* It may lack even the id that every other answer has. */
static char *
refuse (JsonObject   *object,
        const GError *error)
{
  g_autofree char *id = object == NULL ? NULL : inb_uuid_normalize (inb_json_get_string (object, "id"));
  GString *json = g_string_new ("{");

  inb_json_append_member (json, "id", id);
  inb_json_append_member (json, "status", inb_mutation_status_get_name (INB_MUTATION_REJECTED));
  inb_json_append_member_integer (json, "change_seq", 0);
  inb_json_append_member (json, "code", inb_error_get_name (inb_error_get_code (error)));
  inb_json_append_member (json, "message", error->message);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

static Entry *
entry_new (JsonNode *node)
{
  Entry *entry = g_new0 (Entry, 1);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (GError) error = NULL;

  if (object == NULL)
    g_set_error_literal (&error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "A mutation must be an object");
  else
    entry->mutation = inb_mutation_new_from_json (object, &error);
  if (entry->mutation == NULL)
    entry->refusal = refuse (object, error);

  return entry;
}

static JsonArray *
get_array (JsonObject  *body,
           GError     **error)
{
  JsonArray *array = inb_json_get_array (body, "mutations");

  if (array == NULL || json_object_get_size (body) != 1)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "The body must have the array “mutations”, and nothing else");
      return NULL;
    }
  if (json_array_get_length (array) > INB_EDIT_REQUEST_MAX)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "Send at most %d mutations in a request", INB_EDIT_REQUEST_MAX);
      return NULL;
    }

  return array;
}

/**
 * inb_edit_request_new:
 * @body: as it came
 *
 * Returns: (transfer full) (nullable): what is asked for
 */
InbEditRequest *
inb_edit_request_new (GBytes  *body,
                      GError **error)
{
  g_autoptr (JsonNode) node = inb_edit_body_parse (body, error);
  JsonArray *array = node == NULL ? NULL : get_array (json_node_get_object (node), error);
  InbEditRequest *self;

  if (array == NULL)
    return NULL;

  self = g_new0 (InbEditRequest, 1);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (self->entries, entry_new (json_array_get_element (array, i)));

  return self;
}

void
inb_edit_request_free (InbEditRequest *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->entries);
  g_free (self);
}

guint
inb_edit_request_get_size (InbEditRequest *self)
{
  return self->entries->len;
}

InbMutation *
inb_edit_request_get (InbEditRequest *self,
                      guint           index)
{
  Entry *entry = g_ptr_array_index (self->entries, index);

  return entry->mutation;
}

/**
 * inb_edit_request_answer:
 * @result: (transfer none): replaces an earlier one
 */
void
inb_edit_request_answer (InbEditRequest    *self,
                         guint              index,
                         InbMutationResult *result)
{
  Entry *entry = g_ptr_array_index (self->entries, index);

  g_clear_pointer (&entry->result, inb_mutation_result_unref);
  entry->result = inb_mutation_result_ref (result);
}

GString *
inb_edit_request_to_json (InbEditRequest *self,
                          gint64          head)
{
  GString *json = g_string_new ("{\"results\":[");

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (i > 0)
        g_string_append_c (json, ',');
      if (entry->refusal != NULL)
        g_string_append (json, entry->refusal);
      else
        inb_mutation_result_append_json (entry->result, entry->mutation->kind, json);
    }
  g_string_append_c (json, ']');
  inb_json_append_member_integer (json, "head", head);
  g_string_append_c (json, '}');

  return json;
}
