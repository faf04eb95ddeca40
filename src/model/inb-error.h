/* One table for error code, wire name and HTTP status.  `inb-error.c` holds the table; the API's problem JSON carries
 * the name as "code".
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_ERROR_BAD_REQUEST,         /* 400 bad_request: the HTTP message itself */
  INB_ERROR_INVALID_BODY,        /* 400 invalid_body: not parseable */
  INB_ERROR_INVALID_ARGUMENT,    /* 400 invalid_argument: a parameter or a value */
  INB_ERROR_UNAUTHORIZED,        /* 401 unauthorized */
  INB_ERROR_FORBIDDEN,           /* 403 forbidden */
  INB_ERROR_NOT_FOUND,           /* 404 not_found */
  INB_ERROR_METHOD_NOT_ALLOWED,  /* 405 method_not_allowed */
  INB_ERROR_TIMEOUT,             /* 408 timeout */
  INB_ERROR_CONFLICT,            /* 409 conflict */
  INB_ERROR_RESYNC,              /* 410 resync: the cursor is of another epoch, or too old */
  INB_ERROR_TOO_LARGE,           /* 413 too_large */
  INB_ERROR_UNSUPPORTED,         /* 415 unsupported */
  INB_ERROR_MISDIRECTED,         /* 421 misdirected: a Host that this service was not told of */
  INB_ERROR_IDENTITY_MISSING,    /* 422 identity_missing: neither phone nor mail */
  INB_ERROR_UNPROCESSABLE,       /* 422 unprocessable */
  INB_ERROR_TOO_MANY_REQUESTS,   /* 429 too_many_requests */
  INB_ERROR_INTERNAL,            /* 500 internal */
  INB_ERROR_UNAVAILABLE,         /* 503 unavailable: the database is away or busy */
  INB_ERROR_QUEUE_FULL,          /* 503 queue_full */
  INB_ERROR_DISK_FULL,           /* 507 disk_full */
  INB_ERROR_CORRUPT,             /* 500 corrupt: a stored file is damaged */
  INB_ERROR_SCHEMA_NEWER,        /* 500 schema_newer: made by a newer version */
  INB_ERROR_LOCKED,              /* 409 locked: another process has it */
  INB_ERROR_CONNECTION,          /* 503 connection: no connection to the other side */
  INB_ERROR_PROTOCOL,            /* 502 protocol: the other side answered what it may not */
  INB_N_ERRORS
} InbErrorCode;

#define INB_ERROR (inb_error_quark ())
GQuark        inb_error_quark      (void);
const char   *inb_error_get_name   (InbErrorCode code);
guint         inb_error_get_status (InbErrorCode code);
gboolean      inb_error_from_name  (const char   *name,
                                    InbErrorCode *code);
/* For an error of another domain: INB_ERROR_INTERNAL. */
InbErrorCode  inb_error_get_code   (const GError *error);

G_END_DECLS
