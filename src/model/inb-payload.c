#define G_LOG_DOMAIN "inb-model"

#include "inb-event-private.h"

#include "inb-error.h"

#include <string.h>

static gboolean
has_media_type (const char *content_type,
                const char *media_type)
{
  gsize length = strlen (media_type);

  return content_type != NULL && g_ascii_strncasecmp (content_type, media_type, length) == 0
         && (content_type[length] == '\0' || strchr ("; \t,", content_type[length]) != NULL);
}

/* The first byte that is neither white space nor part of a byte order mark, '\0' when there is none. */
static char
get_first_byte (const char *data,
                gsize       length)
{
  gsize i = length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (i < length && (data[i] == ' ' || data[i] == '\t' || data[i] == '\r' || data[i] == '\n'))
    i++;

  return i < length ? data[i] : '\0';
}

/* Something=something, and nothing that looks like markup. */
static gboolean
looks_like_form (const char *data,
                 gsize       length)
{
  return memchr (data, '=', length) != NULL && strchr ("<\"'", get_first_byte (data, length)) == NULL;
}

/**
 * inb_payload_parse:
 * @content_type: (nullable): what the sender says that the body is
 * @body: the bytes as they came
 * @is_array: (out) (optional): whether the body was an array of events
 *
 * Returns: (transfer full) (element-type InbEvent) (nullable): the events of the body, or %NULL with
 *   %INB_ERROR_INVALID_BODY or %INB_ERROR_TOO_LARGE
 */
GPtrArray *
inb_payload_parse (const char  *content_type,
                   GBytes      *body,
                   gboolean    *is_array,
                   GError     **error)
{
  const char *data;
  gsize length;
  gboolean array = FALSE;
  g_autoptr (GPtrArray) events = NULL;
  char first;

  g_return_val_if_fail (body != NULL, NULL);

  data = g_bytes_get_data (body, &length);
  first = get_first_byte (data, length);
  if (first == '\0')
    g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_BODY, "The body is empty");
  else if (first == '{' || first == '[' || has_media_type (content_type, "application/json"))
    events = inb_payload_parse_json (body, &array, error);
  else if (has_media_type (content_type, "multipart/form-data") || (length > 2 && memcmp (data, "--", 2) == 0))
    events = inb_payload_parse_multipart (content_type, body, error);
  else if (looks_like_form (data, length))
    events = inb_payload_parse_form (body, error);
  else
    g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_BODY, "The body is neither JSON nor a form");

  if (is_array != NULL)
    *is_array = array;

  return g_steal_pointer (&events);
}
