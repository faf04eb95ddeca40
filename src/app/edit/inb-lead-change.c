#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-change.h"

#include "inb-column.h"
#include "inb-format.h"

#include <glib/gi18n.h>

/* For xgettext each pair has to stand in a call of its own. */
static const char *
get_format (InbLeadChange change,
            gulong        n_leads)
{
  switch (change)
    {
    case INB_LEAD_CHANGE_STAGE:
      return ngettext ("Stage of %s lead changed", "Stage of %s leads changed", n_leads);

    case INB_LEAD_CHANGE_OWNER:
    case INB_LEAD_CHANGE_TEAM:
      return ngettext ("%s lead assigned", "%s leads assigned", n_leads);

    case INB_LEAD_CHANGE_TEMPERATURE:
      return ngettext ("Temperature of %s lead changed", "Temperature of %s leads changed", n_leads);

    case INB_LEAD_CHANGE_FOLLOW_UP:
      return ngettext ("Follow-up of %s lead changed", "Follow-up of %s leads changed", n_leads);

    case INB_LEAD_CHANGE_ADD_TAG:
    case INB_LEAD_CHANGE_REMOVE_TAG:
      return ngettext ("Tags of %s lead changed", "Tags of %s leads changed", n_leads);

    case INB_LEAD_CHANGE_DELETE:
      return ngettext ("%s lead deleted", "%s leads deleted", n_leads);

    case INB_N_LEAD_CHANGES:
    default:
      g_return_val_if_reached ("%s");
    }
}

/**
 * inb_lead_change_dup_label:
 *
 * Returns: (transfer full): what was done, translated
 */
char *
inb_lead_change_dup_label (InbLeadChange change,
                           guint         n_leads)
{
  g_autofree char *count = inb_format_count (n_leads);
  g_auto (GStrv) parts = g_strsplit (get_format (change, n_leads), "%s", 2);

  return g_strjoinv (count, parts);
}

/**
 * inb_lead_change_new_edit:
 * @rowids: (element-type gint64): of leads, and for a deletion also of contacts without one
 * @value: (nullable): what they shall have
 *
 * Returns: (transfer full): one group for all of them
 */
InbEdit *
inb_lead_change_new_edit (InbLeadChange  change,
                          GArray        *rowids,
                          const char    *value)
{
  static const guint columns[INB_N_LEAD_CHANGES] = {
    [INB_LEAD_CHANGE_STAGE] = INB_LEAD_STAGE,
    [INB_LEAD_CHANGE_OWNER] = INB_LEAD_ASSIGNED_TO,
    [INB_LEAD_CHANGE_TEAM] = INB_LEAD_TEAM_ID,
    [INB_LEAD_CHANGE_TEMPERATURE] = INB_LEAD_TEMPERATURE,
    [INB_LEAD_CHANGE_FOLLOW_UP] = INB_LEAD_NEXT_FOLLOW_UP_AT,
  };
  g_autofree char *label = NULL;
  g_autoptr (InbEdit) edit = NULL;

  g_return_val_if_fail (change < INB_N_LEAD_CHANGES && rowids != NULL, NULL);

  label = inb_lead_change_dup_label (change, rowids->len);
  edit = inb_edit_new (label);
  inb_edit_set_rowids (edit, rowids);
  if (change == INB_LEAD_CHANGE_ADD_TAG)
    inb_edit_add_tag (edit, value);
  else if (change == INB_LEAD_CHANGE_REMOVE_TAG)
    inb_edit_remove_tag (edit, value);
  else if (change == INB_LEAD_CHANGE_DELETE)
    inb_edit_set_deletes (edit);
  else
    inb_edit_set_value (edit, columns[change], value);

  return g_steal_pointer (&edit);
}
