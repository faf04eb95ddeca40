#define G_LOG_DOMAIN "inb-model"

#include "inb-row-defaults.h"

static const struct {
  InbKind     kind;
  guint       column;
  const char *value;
} defaults[] = {
  { INB_KIND_CONTACT, INB_CONTACT_CUSTOM_FIELDS, "{}" },
  { INB_KIND_CONTACT, INB_CONTACT_DO_NOT_CONTACT, "false" },
  { INB_KIND_CONTACT, INB_CONTACT_TAGS, "[]" },
  { INB_KIND_LEAD, INB_LEAD_CUSTOM_FIELDS, "{}" },
  { INB_KIND_LEAD, INB_LEAD_FOLLOW_UP_COUNT, "0" },
  { INB_KIND_LEAD, INB_LEAD_IS_ACTIVE, "true" },
  { INB_KIND_LEAD, INB_LEAD_IS_CONVERTED, "false" },
  { INB_KIND_LEAD, INB_LEAD_IS_TEST, "false" },
  { INB_KIND_LEAD, INB_LEAD_METADATA, "{}" },
  { INB_KIND_LEAD, INB_LEAD_TAGS, "[]" },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_IS_AUTOMATED, "false" },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_IS_PINNED, "false" },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_METADATA, "{}" },
  { INB_KIND_VIEW, INB_VIEW_COLUMNS, "[]" },
  { INB_KIND_VIEW, INB_VIEW_FILTER, "{}" },
  { INB_KIND_VIEW, INB_VIEW_IS_SHARED, "false" },
  { INB_KIND_VIEW, INB_VIEW_POSITION, "0" },
};

/**
 * inb_column_get_default:
 *
 * The server's tables have the same defaults; given here, so that what the feed says of a new row is complete.
 *
 * Returns: (transfer none) (nullable): the column's value in a row of which nothing else is known
 */
const char *
inb_column_get_default (InbKind kind,
                        guint   column)
{
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      if (defaults[i].kind == kind && defaults[i].column == column)
        return defaults[i].value;
    }

  return NULL;
}

void
inb_row_fill_defaults (InbRow *row)
{
  InbKind kind = inb_row_get_kind (row);

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      if (defaults[i].kind == kind && inb_row_get (row, defaults[i].column) == NULL)
        inb_row_set (row, defaults[i].column, defaults[i].value);
    }
}
