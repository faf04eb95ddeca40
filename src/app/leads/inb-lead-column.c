#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-column.h"

#include "inb-format.h"
#include "inb-money.h"
#include "inb-source-text.h"
#include "inb-temperature.h"
#include "inb-time.h"

#include <glib/gi18n.h>

static const InbLeadColumnInfo infos[INB_N_LEAD_SORTS] = {
  [INB_LEAD_SORT_NAME] = { "name", N_("Name"), INB_COLUMN_TEXT, 11, 20, TRUE, INB_COLUMNS_FEW, TRUE, TRUE },
  [INB_LEAD_SORT_PHONE] = { "phone", N_("Phone"), INB_COLUMN_TEXT, 16, 17, FALSE, INB_COLUMNS_MIDDLE, TRUE, TRUE },
  [INB_LEAD_SORT_EMAIL] = { "mail", N_("Mail"), INB_COLUMN_TEXT, 5, 24, TRUE, INB_COLUMNS_ALL, TRUE, TRUE },
  [INB_LEAD_SORT_COMPANY] = { "company", N_("Company"), INB_COLUMN_TEXT, 8, 16, TRUE, INB_COLUMNS_MOST, FALSE, TRUE },
  [INB_LEAD_SORT_SOURCE] = { "source", N_("Source"), INB_COLUMN_TEXT, 7, 13, TRUE, INB_COLUMNS_MIDDLE, TRUE, FALSE },
  [INB_LEAD_SORT_PRODUCT] = { "product", N_("Product"), INB_COLUMN_TEXT, 8, 15, TRUE, INB_COLUMNS_MIDDLE, TRUE, FALSE },
  [INB_LEAD_SORT_STAGE] = { "stage", N_("Stage"), INB_COLUMN_STAGE, 0, 0, FALSE, INB_COLUMNS_FEW, TRUE, FALSE },
  [INB_LEAD_SORT_SCORE] = { "score", N_("Score"), INB_COLUMN_SCORE, 0, 0, FALSE, INB_COLUMNS_MOST, TRUE, FALSE },
  [INB_LEAD_SORT_TEMPERATURE] = { "temperature", N_("Temperature"), INB_COLUMN_TEMPERATURE, 0, 0, FALSE, INB_COLUMNS_MOST,
                                  FALSE, FALSE },
  [INB_LEAD_SORT_OWNER] = { "owner", N_("Owner"), INB_COLUMN_TEXT, 8, 14, TRUE, INB_COLUMNS_MOST, FALSE, FALSE },
  [INB_LEAD_SORT_TEAM] = { "team", N_("Team"), INB_COLUMN_TEXT, 6, 12, TRUE, INB_COLUMNS_MOST, FALSE, FALSE },
  [INB_LEAD_SORT_VALUE] = { "value", N_("Value"), INB_COLUMN_MONEY, 10, 14, FALSE, INB_COLUMNS_MOST, FALSE, FALSE },
  [INB_LEAD_SORT_CAMPAIGN] = { "campaign", N_("Campaign"), INB_COLUMN_TEXT, 8, 14, TRUE, INB_COLUMNS_MOST, FALSE, FALSE },
  [INB_LEAD_SORT_CREATED] = { "created", N_("Created"), INB_COLUMN_TIME, 9, 12, FALSE, INB_COLUMNS_FEW, TRUE, TRUE },
  [INB_LEAD_SORT_LAST_ACTIVITY] = { "last-activity", N_("Last Activity"), INB_COLUMN_TIME, 9, 12, FALSE, INB_COLUMNS_MOST,
                                    FALSE, FALSE },
  [INB_LEAD_SORT_FOLLOW_UP] = { "follow-up", N_("Follow-up"), INB_COLUMN_TIME, 9, 18, FALSE, INB_COLUMNS_MOST, FALSE, FALSE },
  [INB_LEAD_SORT_RESPONSE] = { "response", N_("First Response"), INB_COLUMN_DURATION, 8, 10, FALSE, INB_COLUMNS_MOST, FALSE,
                               FALSE },
};

static const InbLeadSort order[INB_N_LEAD_SORTS] = {
  INB_LEAD_SORT_NAME, INB_LEAD_SORT_PHONE, INB_LEAD_SORT_EMAIL, INB_LEAD_SORT_COMPANY, INB_LEAD_SORT_SOURCE,
  INB_LEAD_SORT_PRODUCT, INB_LEAD_SORT_STAGE, INB_LEAD_SORT_SCORE, INB_LEAD_SORT_TEMPERATURE, INB_LEAD_SORT_OWNER,
  INB_LEAD_SORT_TEAM, INB_LEAD_SORT_VALUE, INB_LEAD_SORT_CAMPAIGN, INB_LEAD_SORT_CREATED, INB_LEAD_SORT_LAST_ACTIVITY,
  INB_LEAD_SORT_FOLLOW_UP, INB_LEAD_SORT_RESPONSE,
};

const InbLeadColumnInfo *
inb_lead_column_get_info (InbLeadSort column)
{
  g_return_val_if_fail (column < INB_N_LEAD_SORTS, NULL);

  return &infos[column];
}

/**
 * inb_lead_column_from_key:
 * @key: a column's name in settings
 * @column: (out): set only when there is such a column
 */
gboolean
inb_lead_column_from_key (const char  *key,
                          InbLeadSort *column)
{
  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    if (g_str_equal (infos[i].key, key))
      {
        *column = (InbLeadSort) i;
        return TRUE;
      }

  return FALSE;
}

const InbLeadSort *
inb_lead_column_get_order (void)
{
  return order;
}

const char *
inb_lead_column_get_text (InbLeadSort           column,
                          const InbLeadSummary *lead,
                          InbDirectory         *directory)
{
  switch ((int) column)
    {
    case INB_LEAD_SORT_NAME:
      return lead->name;
    case INB_LEAD_SORT_PHONE:
      return lead->phone;
    case INB_LEAD_SORT_EMAIL:
      return lead->email;
    case INB_LEAD_SORT_COMPANY:
      return lead->company;
    case INB_LEAD_SORT_SOURCE:
      return inb_source_text_get_name (lead->source);
    case INB_LEAD_SORT_PRODUCT:
      return lead->product;
    case INB_LEAD_SORT_OWNER:
      return inb_directory_get_member_name (directory, lead->owner);
    case INB_LEAD_SORT_TEAM:
      return inb_directory_get_team_name (directory, lead->team);
    case INB_LEAD_SORT_CAMPAIGN:
      return lead->campaign;
    default:
      return NULL;
    }
}

gint64
inb_lead_column_get_time (InbLeadSort           column,
                          const InbLeadSummary *lead)
{
  switch ((int) column)
    {
    case INB_LEAD_SORT_CREATED:
      return lead->created_at;
    case INB_LEAD_SORT_LAST_ACTIVITY:
      return lead->last_activity_at;
    case INB_LEAD_SORT_FOLLOW_UP:
      return lead->next_follow_up_at;
    default:
      return INB_TIME_NONE;
    }
}

/* An answer that was noted before the lead itself is an answer at once. */
gint64
inb_lead_column_get_response (const InbLeadSummary *lead)
{
  if (lead->first_response_at == INB_TIME_NONE || lead->created_at == INB_TIME_NONE)
    return -1;

  return MAX (lead->first_response_at - lead->created_at, 0) / INB_TIME_SECOND;
}

static char *
dup_money (const InbLeadSummary *lead)
{
  g_autofree char *amount = NULL;

  if (lead->value == INB_TIME_NONE)
    return NULL;

  amount = inb_money_format (lead->value);

  return inb_format_money (amount, lead->currency);
}

/**
 * inb_lead_column_dup_name:
 *
 * Returns: (transfer full): whose lead it is; of a test lead also that it is one, as no figure counts it
 */
char *
inb_lead_column_dup_name (const InbLeadSummary *lead)
{
  return lead->is_test ? g_strdup_printf (_("%s (test)"), lead->name) : g_strdup (lead->name);
}

/**
 * inb_lead_column_dup_text:
 * @lead: a lead, or a contact without one
 *
 * Returns: (transfer full) (nullable): what the column says of it
 */
char *
inb_lead_column_dup_text (InbLeadSort                 column,
                          const InbLeadSummary       *lead,
                          const InbLeadColumnContext *context)
{
  gint64 time;
  gint64 seconds;

  g_return_val_if_fail (column < INB_N_LEAD_SORTS && lead != NULL && context != NULL, NULL);

  switch (infos[column].kind)
    {
    case INB_COLUMN_TEXT:
      if (column == INB_LEAD_SORT_NAME)
        return inb_lead_column_dup_name (lead);
      return g_strdup (inb_lead_column_get_text (column, lead, context->directory));
    case INB_COLUMN_STAGE:
      return inb_directory_dup_stage_name (context->directory, lead->stage);
    case INB_COLUMN_SCORE:
      return inb_temperature_dup_score_text (lead->lead_score);
    case INB_COLUMN_TEMPERATURE:
      return inb_temperature_dup_name (lead->temperature);
    case INB_COLUMN_MONEY:
      return dup_money (lead);
    case INB_COLUMN_TIME:
      time = inb_lead_column_get_time (column, lead);
      return time != INB_TIME_NONE ? inb_format_relative (time, context->now, context->timezone) : NULL;
    case INB_COLUMN_DURATION:
      seconds = inb_lead_column_get_response (lead);
      return seconds >= 0 ? inb_format_duration (seconds) : NULL;
    default:
      return NULL;
    }
}
