#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-trouble.h"

#include "inb-error.h"
#include "inb-json.h"

/**
 * inb_sync_trouble_from_error:
 * @error: of libsoup
 */
InbSyncTrouble
inb_sync_trouble_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, INB_SYNC_TROUBLE_OTHER);

  if (error->domain == G_RESOLVER_ERROR)
    return INB_SYNC_TROUBLE_NO_HOST;
  if (error->domain == G_TLS_ERROR)
    return INB_SYNC_TROUBLE_TLS;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return INB_SYNC_TROUBLE_REFUSED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return INB_SYNC_TROUBLE_TIMEOUT;

  return INB_SYNC_TROUBLE_OTHER;
}

/**
 * inb_sync_trouble_take_connection_error:
 * @error: (transfer full): of libsoup
 *
 * Returns: (transfer full): %INB_ERROR_CONNECTION; %G_IO_ERROR_CANCELLED stays that
 */
GError *
inb_sync_trouble_take_connection_error (GError *error)
{
  g_autoptr (GError) taken = error;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (taken, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&taken);

  return g_error_new (INB_ERROR, INB_ERROR_CONNECTION, "No connection to the server: %s", taken->message);
}

static InbErrorCode
code_from_status (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return INB_ERROR_UNAUTHORIZED;

    case SOUP_STATUS_FORBIDDEN:
      return INB_ERROR_FORBIDDEN;

    case SOUP_STATUS_NOT_FOUND:
      return INB_ERROR_NOT_FOUND;

    case SOUP_STATUS_CONFLICT:
      return INB_ERROR_CONFLICT;

    case SOUP_STATUS_UNPROCESSABLE_ENTITY:
      return INB_ERROR_UNPROCESSABLE;

    case SOUP_STATUS_GONE:
      return INB_ERROR_RESYNC;

    case 429:
      return INB_ERROR_TOO_MANY_REQUESTS;

    default:
      return status >= 500 ? INB_ERROR_UNAVAILABLE : INB_ERROR_PROTOCOL;
    }
}

/* What the server says about it, if that is one of our problem documents. */
static char *
read_problem (GByteArray *body)
{
  g_autoptr (JsonNode) root = inb_json_parse ((const char *) body->data, body->len, NULL);
  const char *detail = NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      detail = inb_json_get_string (json_node_get_object (root), "detail");
      if (detail == NULL)
        detail = inb_json_get_string (json_node_get_object (root), "title");
    }

  return g_strdup (detail);
}

/**
 * inb_sync_trouble_new_status_error:
 * @message: that was answered
 * @body: of the answer; one of our problem documents says what is the matter
 *
 * Returns: (transfer full): the error that the status stands for
 */
GError *
inb_sync_trouble_new_status_error (SoupMessage *message,
                                   GByteArray  *body)
{
  guint status = soup_message_get_status (message);
  g_autofree char *detail = read_problem (body);

  return g_error_new (INB_ERROR, (int) code_from_status (status), "The server answered %u%s%s", status,
                      detail != NULL ? ": " : "", detail != NULL ? detail : "");
}

/**
 * inb_sync_trouble_get_retry_after:
 * @message: that was answered
 *
 * Returns: how long the server asks to wait, by seconds or by a date, in milliseconds; 0 when it does not
 */
gint64
inb_sync_trouble_get_retry_after (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *text = headers != NULL ? soup_message_headers_get_one (headers, "Retry-After") : NULL;
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, 86400, &seconds, NULL))
    return (gint64) seconds * 1000;

  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return 0;

  return CLAMP (g_date_time_to_unix (date) * 1000 - g_get_real_time () / 1000, 0, 86400000);
}
