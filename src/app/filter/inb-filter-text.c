#define G_LOG_DOMAIN "inb-app"

#include "inb-filter-text.h"

#include "inb-format.h"
#include "inb-source-text.h"
#include "inb-stage-chip.h"

#include <glib/gi18n.h>

static const struct {
  const char *name;
  const char *none;
} fields[INB_N_FILTER_FIELDS] = {
  [INB_FILTER_STAGE] = { N_("Stage"), N_("No stage") },
  [INB_FILTER_SOURCE] = { N_("Source"), N_("No source") },
  [INB_FILTER_PRODUCT] = { N_("Product"), N_("No product") },
  [INB_FILTER_OWNER] = { N_("Owner"), N_("Nobody") },
  [INB_FILTER_TEAM] = { N_("Team"), N_("No team") },
  [INB_FILTER_TEMPERATURE] = { N_("Temperature"), N_("No temperature") },
  [INB_FILTER_CAMPAIGN] = { N_("Campaign"), N_("No campaign") },
};

static const char * const presets[INB_N_DATE_RANGES] = {
  [INB_DATE_RANGE_ANY] = N_("Any time"),
  [INB_DATE_RANGE_TODAY] = N_("Today"),
  [INB_DATE_RANGE_YESTERDAY] = N_("Yesterday"),
  [INB_DATE_RANGE_LAST_7_DAYS] = N_("Last 7 days"),
  [INB_DATE_RANGE_LAST_30_DAYS] = N_("Last 30 days"),
  [INB_DATE_RANGE_LAST_90_DAYS] = N_("Last 90 days"),
  [INB_DATE_RANGE_THIS_WEEK] = N_("This week"),
  [INB_DATE_RANGE_THIS_MONTH] = N_("This month"),
  [INB_DATE_RANGE_LAST_MONTH] = N_("Last month"),
  [INB_DATE_RANGE_THIS_YEAR] = N_("This year"),
};

const char *
inb_filter_text_get_field (InbFilterField field)
{
  g_return_val_if_fail (field < INB_N_FILTER_FIELDS, NULL);

  return _(fields[field].name);
}

static const char *
get_temperature (const char *value)
{
  static const struct {
    const char *key;
    const char *name;
  } temperatures[] = {
    { "hot", N_("Hot") },
    { "warm", N_("Warm") },
    { "cold", N_("Cold") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (temperatures); i++)
    {
      if (g_str_equal (temperatures[i].key, value))
        return _(temperatures[i].name);
    }

  return NULL;
}

/**
 * inb_filter_text_get_value:
 * @session: knows the names behind keys and ids
 * @value: as the filter holds it
 *
 * Returns: (transfer full): what people call it
 */
char *
inb_filter_text_get_value (InbSession     *session,
                           InbFilterField  field,
                           const char     *value)
{
  const char *name = NULL;

  g_return_val_if_fail (INB_IS_SESSION (session) && field < INB_N_FILTER_FIELDS && value != NULL, NULL);

  if (*value == '\0')
    return g_strdup (_(fields[field].none));

  switch (field)
    {
    case INB_FILTER_STAGE:
      return inb_stage_chip_get_name (inb_session_get_stages (session), value);
    case INB_FILTER_TEMPERATURE:
      name = get_temperature (value);
      return name != NULL ? g_strdup (name) : inb_format_key (value);
    case INB_FILTER_OWNER:
      name = inb_directory_get_member_name (inb_session_get_directory (session), value);
      return g_strdup (name != NULL ? name : value);
    case INB_FILTER_TEAM:
      name = inb_directory_get_team_name (inb_session_get_directory (session), value);
      return g_strdup (name != NULL ? name : value);
    case INB_FILTER_SOURCE:
      return g_strdup (inb_source_text_get_name (value));
    case INB_FILTER_PRODUCT:
    case INB_FILTER_CAMPAIGN:
    case INB_N_FILTER_FIELDS:
    default:
      return g_strdup (value);
    }
}

const char *
inb_filter_text_get_preset (InbDateRangeKind kind)
{
  g_return_val_if_fail (kind < INB_N_DATE_RANGES, NULL);

  return presets[kind] != NULL ? _(presets[kind]) : NULL;
}

/* (transfer full) (nullable): on the computer's clock; NULL when that end is open. */
static char *
format_instant (gint64 microseconds)
{
  g_autoptr (GDateTime) time = NULL;

  if (microseconds == G_MININT64 || microseconds == G_MAXINT64)
    return NULL;

  time = g_date_time_new_from_unix_local (microseconds / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, _("%-d %b %Y, %H:%M")) : NULL;
}

/**
 * inb_filter_text_get_range:
 *
 * Returns: (transfer full): the days in words
 */
char *
inb_filter_text_get_range (const InbDateRange *range)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (range->kind != INB_DATE_RANGE_DAYS && range->kind != INB_DATE_RANGE_TIMES)
    return g_strdup (inb_filter_text_get_preset (range->kind));

  if (range->kind == INB_DATE_RANGE_TIMES)
    {
      from = format_instant (range->since);
      to = format_instant (range->until);
    }
  else
    {
      from = *range->from != '\0' ? inb_format_date (range->from) : NULL;
      to = *range->to != '\0' ? inb_format_date (range->to) : NULL;
    }
  if (to == NULL)
    return g_strdup_printf (_("from %s"), from);
  if (from == NULL)
    return g_strdup_printf (_("until %s"), to);

  return g_str_equal (from, to) ? g_steal_pointer (&from) : g_strdup_printf ("%s – %s", from, to);
}

const char *
inb_filter_text_get_flag (InbFilterFlags flag)
{
  switch (flag)
    {
    case INB_FILTER_FOLLOW_UP_DUE:
      return _("Follow-up due");
    case INB_FILTER_CONVERTED:
      return _("Converted");
    case INB_FILTER_UNANSWERED:
    default:
      return _("Unanswered");
    }
}

static void
append (GString    *text,
        const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static void
append_range (GString            *text,
              const char         *name,
              const InbDateRange *range)
{
  g_autofree char *days = NULL;
  g_autofree char *part = NULL;

  if (range->kind == INB_DATE_RANGE_ANY)
    return;

  days = inb_filter_text_get_range (range);
  /* Translators: a field and the days it has to be in: "Created: last 7 days" */
  part = g_strdup_printf (_("%s: %s"), name, days);
  append (text, part);
}

/**
 * inb_filter_text_describe:
 *
 * Returns: (transfer full): what the filter asks for; empty when it asks for nothing
 */
char *
inb_filter_text_describe (InbSession          *session,
                          const InbLeadFilter *filter)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (filter->text != NULL)
    {
      g_autofree char *quoted = g_strdup_printf (_("“%s”"), filter->text);

      append (text, quoted);
    }
  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    {
      for (guint i = 0; filter->values[field] != NULL && filter->values[field][i] != NULL; i++)
        {
          g_autofree char *value = inb_filter_text_get_value (session, field, filter->values[field][i]);

          append (text, value);
        }
    }
  append_range (text, _("Created"), &filter->created);
  append_range (text, _("Last activity"), &filter->activity);
  if (filter->weekday != 0 || filter->hour >= 0)
    {
      g_autofree char *when = inb_filter_text_get_week_hour (filter);

      append (text, when);
    }
  for (guint flag = 1; flag <= INB_FILTER_UNANSWERED; flag <<= 1)
    {
      if ((filter->flags & flag) != 0)
        append (text, inb_filter_text_get_flag (flag));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * inb_filter_text_get_week_hour:
 *
 * Returns: (transfer full): "Monday, 09:00–10:00", or one of both
 */
char *
inb_filter_text_get_week_hour (const InbLeadFilter *filter)
{
  g_autofree char *day = NULL;
  g_autofree char *hour = NULL;

  if (filter->weekday != 0)
    {
      /* The first of January 2024 was a Monday. */
      g_autoptr (GDateTime) date = g_date_time_new_utc (2024, 1, filter->weekday, 0, 0, 0);

      day = g_date_time_format (date, "%A");
    }
  if (filter->hour >= 0)
    hour = g_strdup_printf ("%02d:00–%02d:00", filter->hour, (filter->hour + 1) % 24);
  if (day != NULL && hour != NULL)
    return g_strdup_printf ("%s, %s", day, hour);

  return day != NULL ? g_steal_pointer (&day) : g_steal_pointer (&hour);
}
