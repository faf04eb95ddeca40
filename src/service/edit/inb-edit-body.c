#define G_LOG_DOMAIN "inb-service"

#include "inb-edit-body.h"

#include "inb-error.h"
#include "inb-json.h"

/* A body while it is parsed. */
typedef struct {
  /* Owned */
  GBytes         *body;

  InbEditParser   parser;
  GDestroyNotify  free_result;
} Parsing;

static void
parsing_free (gpointer data)
{
  Parsing *parsing = data;

  g_bytes_unref (parsing->body);
  g_free (parsing);
}

/**
 * inb_edit_body_parse:
 *
 * Returns: (transfer full) (nullable): a node that holds an object
 */
JsonNode *
inb_edit_body_parse (GBytes  *body,
                     GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  g_autoptr (JsonNode) node = inb_json_parse (text == NULL ? "" : text, size, error);

  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_BODY, "The body must be a JSON object");
      return NULL;
    }

  return g_steal_pointer (&node);
}

static void
parse_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Parsing *parsing = task_data;
  GError *error = NULL;
  gpointer result = parsing->parser (parsing->body, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, parsing->free_result);
  else
    g_task_return_error (task, error);
}

/**
 * inb_edit_body_parse_async:
 * @body: kept meanwhile
 * @free_result: frees what @parser returns
 */
void
inb_edit_body_parse_async (GBytes              *body,
                           InbEditParser        parser,
                           GDestroyNotify       free_result,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Parsing *parsing = g_new0 (Parsing, 1);

  parsing->body = g_bytes_ref (body);
  parsing->parser = parser;
  parsing->free_result = free_result;
  g_task_set_source_tag (task, inb_edit_body_parse_async);
  g_task_set_task_data (task, parsing, parsing_free);
  g_task_run_in_thread (task, parse_thread);
}

gpointer
inb_edit_body_parse_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
