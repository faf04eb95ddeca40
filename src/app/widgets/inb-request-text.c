#define G_LOG_DOMAIN "inb-app"

#include "inb-request-text.h"

#include "inb-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* Without what the sync layer says before it: "The server answered 422: ". */
static const char *
get_detail (const GError *error)
{
  const char *colon = strstr (error->message, ": ");

  return colon != NULL ? colon + 2 : error->message;
}

/**
 * inb_request_text_describe:
 *
 * Returns: (transfer full): a sentence or two for a strip or a remark
 */
char *
inb_request_text_describe (const GError *error,
                           const char   *conflict,
                           const char   *gone)
{
  g_return_val_if_fail (error != NULL, NULL);

  switch (inb_error_get_code (error))
    {
    case INB_ERROR_CONNECTION:
    case INB_ERROR_TIMEOUT:
      return g_strdup (_("The service did not answer. It may have been done all the same: look before you try again."));

    case INB_ERROR_UNAVAILABLE:
    case INB_ERROR_QUEUE_FULL:
    case INB_ERROR_TOO_MANY_REQUESTS:
      return g_strdup (_("The service cannot do that now. Try again in a minute."));

    case INB_ERROR_UNAUTHORIZED:
      return g_strdup (_("Your token is not valid any more. Connect again with a new one."));

    case INB_ERROR_FORBIDDEN:
      return g_strdup (_("Your role does not allow that any more. Ask an owner."));

    case INB_ERROR_CONFLICT:
      if (conflict != NULL)
        return g_strdup (conflict);
      break;

    case INB_ERROR_NOT_FOUND:
      return g_strdup (gone != NULL ? gone : _("It is not there any more: somebody else has removed it meanwhile."));

    case INB_ERROR_BAD_REQUEST:
    case INB_ERROR_INVALID_BODY:
    case INB_ERROR_INVALID_ARGUMENT:
    case INB_ERROR_METHOD_NOT_ALLOWED:
    case INB_ERROR_RESYNC:
    case INB_ERROR_TOO_LARGE:
    case INB_ERROR_UNSUPPORTED:
    case INB_ERROR_MISDIRECTED:
    case INB_ERROR_IDENTITY_MISSING:
    case INB_ERROR_UNPROCESSABLE:
    case INB_ERROR_INTERNAL:
    case INB_ERROR_DISK_FULL:
    case INB_ERROR_CORRUPT:
    case INB_ERROR_SCHEMA_NEWER:
    case INB_ERROR_LOCKED:
    case INB_ERROR_PROTOCOL:
    case INB_N_ERRORS:
    default:
      break;
    }

  return g_strdup_printf (_("The service refused it: %s"), get_detail (error));
}
