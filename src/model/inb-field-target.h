/* Where a mapped value goes. */
#pragma once

#include "inb-row.h"

G_BEGIN_DECLS

typedef enum {
  INB_TARGET_CONTACT,          /* a column */
  INB_TARGET_LEAD,             /* a column */
  INB_TARGET_STATUS,
  INB_TARGET_NOTES,
  INB_TARGET_APPOINTMENT,
  INB_TARGET_APPOINTMENT_TIME, /* the time of day, where a form asks for it apart from the date */
  INB_TARGET_DELIVERY_KEY,
  INB_TARGET_NAME,             /* a full name */
  INB_TARGET_TEST,
  INB_TARGET_CUSTOM,
  INB_TARGET_IGNORE
} InbTargetKind;

typedef struct {
  InbTargetKind  kind;
  guint          column;
  const char    *custom_key; /* borrowed from the text it was read from */
} InbFieldTarget;

/* "contact.firstname", "status", "custom.color", …; INB_ERROR_INVALID_ARGUMENT for what does not exist or is not mappable. */
gboolean inb_field_target_parse (const char      *text,
                                 InbFieldTarget  *target,
                                 GError         **error);

G_END_DECLS
