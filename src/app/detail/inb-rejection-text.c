#define G_LOG_DOMAIN "inb-app"

#include "inb-rejection-text.h"

#include "inb-field-check.h"
#include "inb-field-table.h"
#include "inb-right-text.h"
#include "inb-stage-chip.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- of a stage --------------------------------------------------------------------------------------------------------- */

/* Why a lead could not get into that stage, as far as it can be seen from here. (transfer full) (nullable) */
static char *
describe_stage (InbSession        *session,
                const InbMutation *mutation)
{
  const InbFieldChange *change = mutation->kind == INB_KIND_LEAD ? inb_mutation_find_change (mutation, INB_LEAD_STAGE) : NULL;
  InbStageSet *stages = inb_session_get_stages (session);
  const InbRow *stage;
  g_autofree char *name = NULL;

  if (change == NULL || change->value == NULL || stages == NULL)
    return NULL;

  stage = inb_stage_set_find (stages, change->value);
  name = inb_stage_chip_get_name (stages, change->value);
  if (stage == NULL)
    return g_strdup_printf (_("There is no stage “%s” any more."), name);
  if (inb_row_get (stage, INB_STAGE_ARCHIVED_AT) != NULL)
    return g_strdup_printf (_("The stage “%s” is not in use any more."), name);
  if (inb_row_get_boolean (stage, INB_STAGE_REQUIRES_LOST_REASON) && inb_mutation_find_change (mutation, INB_LEAD_LOST_REASON) == NULL)
    return g_strdup_printf (_("The stage “%s” asks for the reason."), name);
  if (inb_row_get_boolean (stage, INB_STAGE_REQUIRES_VALUE))
    return g_strdup_printf (_("The stage “%s” asks for the value."), name);

  return NULL;
}

/* --- of a value --------------------------------------------------------------------------------------------------------- */

/* The server's sentence names the field, as in "lead.assigned_to must be …"; a single field needs no naming. */
static const InbFieldChange *
find_refused (const InbMutation *mutation,
              const char        *message)
{
  const InbColumn *columns = inb_kind_get_columns (mutation->kind, NULL);

  for (guint i = 0; message != NULL && i < mutation->changes->len; i++)
    {
      const InbFieldChange *change = g_ptr_array_index (mutation->changes, i);
      g_autofree char *name = g_strdup_printf ("%s.%s", inb_kind_get_name (mutation->kind), columns[change->column].name);

      if (strstr (message, name) != NULL)
        return change;
    }

  return mutation->changes->len == 1 ? g_ptr_array_index (mutation->changes, 0) : NULL;
}

static char *
describe_value (const InbMutation *mutation,
                const char        *message)
{
  const InbFieldChange *change = find_refused (mutation, message);
  g_autofree char *label = NULL;

  if (change == NULL)
    return g_strdup (_("The server does not take these values."));

  label = inb_field_table_dup_label (mutation->kind, change->column);
  if (mutation->kind == INB_KIND_LEAD && change->column == INB_LEAD_ASSIGNED_TO)
    return g_strdup (_("The new owner is not a member of this workspace any more."));
  if (mutation->kind == INB_KIND_LEAD && change->column == INB_LEAD_TEAM_ID)
    return g_strdup (_("There is no such team any more."));
  if (mutation->kind == INB_KIND_CONTACT && change->column == INB_CONTACT_CRM_ID)
    return g_strdup (_("Another contact has this CRM id already."));
  if (change->value == NULL && inb_field_is_required (mutation->kind, change->column))
    return g_strdup_printf (_("%s must not be empty."), label);

  return g_strdup_printf (_("The server does not take this value for %s."), label);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

static char *
describe_code (InbSession        *session,
               const InbMutation *mutation,
               InbErrorCode       code,
               const char        *message)
{
  const char *reason;
  char *text;

  switch ((int) code)
    {
    case INB_ERROR_FORBIDDEN:
      reason = inb_right_text_get_reason (inb_edits_get_role (inb_session_get_edits (session)), INB_RIGHT_EDIT);
      return reason != NULL ? g_strdup_printf ("%s.", reason) : g_strdup (_("You may not change this."));
    case INB_ERROR_NOT_FOUND:
      return g_strdup (_("It was deleted or erased meanwhile."));
    case INB_ERROR_CONFLICT:
      return g_strdup (_("It is there already."));
    case INB_ERROR_IDENTITY_MISSING:
      return g_strdup (_("A contact needs a phone number, a mail address or a name."));
    case INB_ERROR_UNPROCESSABLE:
    case INB_ERROR_INVALID_ARGUMENT:
      text = describe_stage (session, mutation);
      return text != NULL ? text : describe_value (mutation, message);
    case INB_ERROR_TOO_LARGE:
      return g_strdup (_("It is too long."));
    default:
      return g_strdup (_("The server could not store it."));
    }
}

/**
 * inb_rejection_text_describe:
 * @entry: what was rejected, with the server's answer
 *
 * Returns: (transfer full): one sentence; what the server said belongs into a tooltip
 */
char *
inb_rejection_text_describe (InbSession           *session,
                             const InbOutboxEntry *entry)
{
  InbErrorCode code;

  g_return_val_if_fail (INB_IS_SESSION (session) && entry != NULL && entry->result != NULL, NULL);

  if (entry->result->code == NULL || !inb_error_from_name (entry->result->code, &code))
    code = INB_ERROR_INTERNAL;

  return describe_code (session, entry->mutation, code, entry->result->message);
}
