#define G_LOG_DOMAIN "inb-model"

#include "inb-error.h"

#include <string.h>

typedef struct {
  const char *name;
  guint       status;
} ErrorInfo;

static const ErrorInfo errors[INB_N_ERRORS] = {
  [INB_ERROR_BAD_REQUEST] = { "bad_request", 400 },
  [INB_ERROR_INVALID_BODY] = { "invalid_body", 400 },
  [INB_ERROR_INVALID_ARGUMENT] = { "invalid_argument", 400 },
  [INB_ERROR_UNAUTHORIZED] = { "unauthorized", 401 },
  [INB_ERROR_FORBIDDEN] = { "forbidden", 403 },
  [INB_ERROR_NOT_FOUND] = { "not_found", 404 },
  [INB_ERROR_METHOD_NOT_ALLOWED] = { "method_not_allowed", 405 },
  [INB_ERROR_TIMEOUT] = { "timeout", 408 },
  [INB_ERROR_CONFLICT] = { "conflict", 409 },
  [INB_ERROR_RESYNC] = { "resync", 410 },
  [INB_ERROR_TOO_LARGE] = { "too_large", 413 },
  [INB_ERROR_UNSUPPORTED] = { "unsupported", 415 },
  [INB_ERROR_MISDIRECTED] = { "misdirected", 421 },
  [INB_ERROR_IDENTITY_MISSING] = { "identity_missing", 422 },
  [INB_ERROR_UNPROCESSABLE] = { "unprocessable", 422 },
  [INB_ERROR_TOO_MANY_REQUESTS] = { "too_many_requests", 429 },
  [INB_ERROR_INTERNAL] = { "internal", 500 },
  [INB_ERROR_UNAVAILABLE] = { "unavailable", 503 },
  [INB_ERROR_QUEUE_FULL] = { "queue_full", 503 },
  [INB_ERROR_DISK_FULL] = { "disk_full", 507 },
  [INB_ERROR_CORRUPT] = { "corrupt", 500 },
  [INB_ERROR_SCHEMA_NEWER] = { "schema_newer", 500 },
  [INB_ERROR_LOCKED] = { "locked", 409 },
  [INB_ERROR_CONNECTION] = { "connection", 503 },
  [INB_ERROR_PROTOCOL] = { "protocol", 502 },
};

G_DEFINE_QUARK (inb-error-quark, inb_error)

/**
 * inb_error_get_name:
 *
 * Returns: (transfer none): the stable name on the wire, "identity_missing"
 */
const char *
inb_error_get_name (InbErrorCode code)
{
  g_return_val_if_fail (code < INB_N_ERRORS, "internal");

  return errors[code].name;
}

/**
 * inb_error_get_status:
 *
 * Returns: the HTTP status that an answer with this error has
 */
guint
inb_error_get_status (InbErrorCode code)
{
  g_return_val_if_fail (code < INB_N_ERRORS, 500);

  return errors[code].status;
}

/**
 * inb_error_from_name:
 * @name: a name on the wire
 * @code: (out): the code, untouched when the name is unknown
 *
 * Returns: whether @name names an error
 */
gboolean
inb_error_from_name (const char   *name,
                     InbErrorCode *code)
{
  g_return_val_if_fail (name != NULL && code != NULL, FALSE);

  for (guint i = 0; i < INB_N_ERRORS; i++)
    {
      if (strcmp (errors[i].name, name) == 0)
        {
          *code = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * inb_error_get_code:
 * @error: an error of any domain
 *
 * Returns: its code, %INB_ERROR_INTERNAL when it is of another domain
 */
InbErrorCode
inb_error_get_code (const GError *error)
{
  g_return_val_if_fail (error != NULL, INB_ERROR_INTERNAL);

  if (error->domain != INB_ERROR || error->code < 0 || error->code >= INB_N_ERRORS)
    return INB_ERROR_INTERNAL;

  return (InbErrorCode) error->code;
}
