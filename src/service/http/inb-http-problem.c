#define G_LOG_DOMAIN "inb-service"

#include "inb-http-problem.h"

#include "inb-error.h"
#include "inb-json.h"

#include <libsoup/soup.h>

#define RETRY_AFTER 2 /* seconds */

/* What went wrong inside is for the log, not for whoever asked. */
static const char *
get_message (const GError *error,
             guint         status)
{
  switch (status)
    {
    case 500:
      return "The service could not do this because of a fault of its own";
    case 502:
    case 503:
    case 507:
      return "The service cannot do this just now; try again";
    default:
      return error->message;
    }
}

static gboolean
is_webhook_path (const char *path)
{
  return path != NULL && g_str_has_prefix (path, "/webhooks/");
}

/**
 * inb_http_problem_new:
 * @path: (nullable): of the request; decides the form
 * @content_type: (out): static text
 *
 * Returns: (transfer full): the body
 */
GString *
inb_http_problem_new (const char    *path,
                      const GError  *error,
                      const char   **content_type)
{
  InbErrorCode code = inb_error_get_code (error);
  guint status = inb_error_get_status (code);
  const char *message = get_message (error, status);
  GString *json = g_string_sized_new (256);

  if (is_webhook_path (path))
    {
      *content_type = "application/json";
      g_string_append (json, "{\"success\":false,\"error\":{");
      inb_json_append_member (json, "code", inb_error_get_name (code));
      inb_json_append_member (json, "message", message);
      g_string_append (json, "}}");
      return json;
    }

  *content_type = "application/problem+json";
  g_string_append_c (json, '{');
  inb_json_append_member (json, "type", "about:blank");
  inb_json_append_member (json, "title", inb_http_problem_get_phrase (status));
  inb_json_append_member_integer (json, "status", status);
  inb_json_append_member (json, "code", inb_error_get_name (code));
  inb_json_append_member (json, "detail", message);
  g_string_append_c (json, '}');

  return json;
}

/**
 * inb_http_problem_get_phrase:
 *
 * Returns: the status's reason phrase
 */
const char *
inb_http_problem_get_phrase (guint status)
{
  return status == 421 ? "Misdirected Request" : soup_status_get_phrase (status);
}

guint
inb_http_problem_get_retry (guint status)
{
  return status == 429 || status == 503 || status == 507 ? RETRY_AFTER : 0;
}

/**
 * inb_http_problem_new_head:
 * @path: (nullable): of the request, if it could be read
 * @fields: (nullable): further lines of the head
 * @body: (out) (transfer full): the content
 *
 * Returns: (transfer full): status line and fields
 */
GString *
inb_http_problem_new_head (const char    *path,
                           const GError  *error,
                           const char    *fields,
                           GBytes       **body)
{
  guint status = inb_error_get_status (inb_error_get_code (error));
  guint retry = inb_http_problem_get_retry (status);
  const char *content_type;
  GString *text = inb_http_problem_new (path, error, &content_type);
  GString *head = g_string_sized_new (256);

  g_string_append_printf (head, "HTTP/1.1 %u %s\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                          status, inb_http_problem_get_phrase (status), content_type, text->len);
  if (is_webhook_path (path))
    g_string_append (head, "Access-Control-Allow-Origin: *\r\n");
  if (retry > 0)
    g_string_append_printf (head, "Retry-After: %u\r\n", retry);
  if (fields != NULL)
    g_string_append (head, fields);
  *body = g_string_free_to_bytes (text);

  return head;
}
