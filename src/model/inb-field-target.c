#define G_LOG_DOMAIN "inb-model"

#include "inb-field-target.h"

#include "inb-error.h"

#include <string.h>

typedef struct {
  const char    *name;
  InbTargetKind  kind;
} PlainTarget;

static const PlainTarget plain_targets[] = {
  { "status", INB_TARGET_STATUS },
  { "notes", INB_TARGET_NOTES },
  { "appointment", INB_TARGET_APPOINTMENT },
  { "appointment_time", INB_TARGET_APPOINTMENT_TIME },
  { "delivery_key", INB_TARGET_DELIVERY_KEY },
  { "name", INB_TARGET_NAME },
  { "is_test", INB_TARGET_TEST },
  { "ignore", INB_TARGET_IGNORE },
};

static gboolean
parse_column (InbKind         kind,
              InbTargetKind   target_kind,
              const char     *name,
              InbFieldTarget *target)
{
  int column = inb_kind_find_column (kind, name);

  if (column < 0 || (inb_kind_get_columns (kind, NULL)[column].flags & INB_COLUMN_MAPPABLE) == 0)
    return FALSE;

  target->kind = target_kind;
  target->column = (guint) column;

  return TRUE;
}

/**
 * inb_field_target_parse:
 * @text: a target as a field mapping names it; must outlive @target
 * @target: (out): what it means
 *
 * Returns: %FALSE with %INB_ERROR_INVALID_ARGUMENT when there is no such target
 */
gboolean
inb_field_target_parse (const char      *text,
                        InbFieldTarget  *target,
                        GError         **error)
{
  *target = (InbFieldTarget) { INB_TARGET_IGNORE, 0, NULL };
  for (guint i = 0; i < G_N_ELEMENTS (plain_targets); i++)
    {
      if (strcmp (plain_targets[i].name, text) == 0)
        {
          target->kind = plain_targets[i].kind;
          return TRUE;
        }
    }
  if (g_str_has_prefix (text, "contact.") &&
      parse_column (INB_KIND_CONTACT, INB_TARGET_CONTACT, text + strlen ("contact."), target))
    return TRUE;
  if (g_str_has_prefix (text, "lead.") && parse_column (INB_KIND_LEAD, INB_TARGET_LEAD, text + strlen ("lead."), target))
    return TRUE;
  if (g_str_has_prefix (text, "custom.") && text[strlen ("custom.")] != '\0')
    {
      target->kind = INB_TARGET_CUSTOM;
      target->custom_key = text + strlen ("custom.");
      return TRUE;
    }

  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "Field mapping: there is no field “%s” to map to", text);

  return FALSE;
}
