/* A value that a person typed, or a program sent by the API, made fit for a column, or refused with a message that names the field
 * and says what would do. Senders' values are repaired instead: inb-field-value.h.
 */
#pragma once

#include "inb-column.h"

G_BEGIN_DECLS

#define INB_FIELD_MAX_TAGS 100
#define INB_FIELD_MAX_TAG 60    /* characters */

/* @value: in the column's text form, NULL or "" = none. @clean: as it is kept; NULL = none. INB_ERROR_UNPROCESSABLE. Whether a stage,
 * user or team exists is not looked at. */
gboolean inb_field_check       (InbKind      kind,
                                guint        column,
                                const char  *value,
                                char       **clean,
                                GError     **error);
/* Whether the column must have a value: "" is refused. */
gboolean inb_field_is_required (InbKind      kind,
                                guint        column);

G_END_DECLS
