#define G_LOG_DOMAIN "inb-service"

#include "inb-lead-scope.h"

#include "inb-error.h"
#include "inb-params.h"
#include "inb-time.h"

#include <string.h>

static const char * const list_names[INB_N_FILTER_FIELDS] = {
  [INB_FILTER_STAGE] = "status",
  [INB_FILTER_SOURCE] = "source",
  [INB_FILTER_PRODUCT] = "product",
  [INB_FILTER_OWNER] = "assigned_to",
  [INB_FILTER_TEAM] = "team",
  [INB_FILTER_TEMPERATURE] = "temperature",
  [INB_FILTER_CAMPAIGN] = "campaign",
};

static const char * const bound_names[INB_N_LEAD_BOUNDS] = {
  [INB_LEAD_BOUND_CREATED_FROM] = "created_from",
  [INB_LEAD_BOUND_CREATED_TO] = "created_to",
  [INB_LEAD_BOUND_ACTIVITY_FROM] = "activity_from",
  [INB_LEAD_BOUND_ACTIVITY_TO] = "activity_to",
};

static const struct {
  const char     *name;
  const char     *value;
  InbFilterFlags  flag;
} flags[] = {
  { "follow_up", "due", INB_FILTER_FOLLOW_UP_DUE },
  { "converted", "1", INB_FILTER_CONVERTED },
  { "unanswered", "1", INB_FILTER_UNANSWERED },
};

static const char * const other_names[] = { "workspace_id", "q", "created", "activity", "weekday", "hour", NULL };

static gboolean
fail (GError     **error,
      const char  *name,
      const char  *what)
{
  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "%s: %s", name, what);

  return FALSE;
}

static gboolean
check_names (GHashTable          *params,
             const char * const  *others,
             GError             **error)
{
  g_autoptr (GPtrArray) allowed = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (list_names); i++)
    g_ptr_array_add (allowed, (gpointer) list_names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (bound_names); i++)
    g_ptr_array_add (allowed, (gpointer) bound_names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    g_ptr_array_add (allowed, (gpointer) flags[i].name);
  for (guint i = 0; other_names[i] != NULL; i++)
    g_ptr_array_add (allowed, (gpointer) other_names[i]);
  for (guint i = 0; others[i] != NULL; i++)
    g_ptr_array_add (allowed, (gpointer) others[i]);
  g_ptr_array_add (allowed, NULL);

  return inb_params_check (params, (const char * const *) allowed->pdata, error);
}

static gboolean
read_lists (InbLeadScope  *self,
            GHashTable    *params,
            GError       **error)
{
  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    {
      g_auto (GStrv) list = NULL;
      gboolean success = i == INB_FILTER_OWNER ? inb_params_get_uuids (params, list_names[i], &list, error)
                                               : inb_params_get_list (params, list_names[i], &list, error);

      if (!success)
        return FALSE;
      if (list != NULL)
        inb_lead_filter_set_values (self->filter, i, (const char * const *) list);
    }

  return TRUE;
}

/* A range by its relative name, or by a bound on either side, each a day or an instant. */
static gboolean
read_range (InbLeadScope  *self,
            GHashTable    *params,
            const char    *name,
            InbLeadBound   first,
            InbDateRange  *range,
            GError       **error)
{
  const char *relative = inb_params_get (params, name);
  const char *days[2] = { NULL, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      const char *bound = bound_names[first + i];
      const char *value = inb_params_get (params, bound);

      if (value == NULL)
        continue;
      if (relative != NULL)
        return fail (error, name, "not together with bounds");
      if (inb_date_is_valid (value))
        days[i] = value;
      else if (!inb_time_parse (value, &self->instants[first + i]))
        return fail (error, bound, "neither an RFC 3339 time nor a day (YYYY-MM-DD)");
    }

  if (relative != NULL && !inb_date_range_kind_from_name (relative, &range->kind))
    return fail (error, name, "not a range such as today, last_7_days or this_month");
  if (relative == NULL && !inb_date_range_set_days (range, days[0], days[1]))
    return fail (error, bound_names[first + 1], "a day before the range’s first");
  if (self->instants[first + 1] != INB_TIME_NONE && self->instants[first] > self->instants[first + 1])
    return fail (error, bound_names[first + 1], "a time before the range’s beginning");

  return TRUE;
}

static gboolean
read_hour (InbLeadFilter  *filter,
           GHashTable     *params,
           GError        **error)
{
  gint64 weekday;
  gint64 hour;

  if (!inb_params_get_integer (params, "weekday", 1, 7, 0, &weekday, error) ||
      !inb_params_get_integer (params, "hour", 0, 23, -1, &hour, error))
    return FALSE;

  filter->weekday = (int) weekday;
  filter->hour = (int) hour;

  return TRUE;
}

static gboolean
read_flags (InbLeadFilter  *filter,
            GHashTable     *params,
            GError        **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      const char *value = inb_params_get (params, flags[i].name);

      if (value == NULL)
        continue;
      if (strcmp (value, flags[i].value) != 0)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "%s: can only be %s", flags[i].name, flags[i].value);
          return FALSE;
        }
      filter->flags |= flags[i].flag;
    }

  return TRUE;
}

/**
 * inb_lead_scope_new:
 * @params: (nullable): name → value
 * @others: (array zero-terminated=1): further parameters that are no mistake
 *
 * Returns: (transfer full): what the parameters mean, or %NULL with %INB_ERROR_INVALID_ARGUMENT naming the parameter
 */
InbLeadScope *
inb_lead_scope_new (GHashTable          *params,
                    const char * const  *others,
                    GError             **error)
{
  g_autoptr (InbLeadScope) self = g_new0 (InbLeadScope, 1);

  self->filter = inb_lead_filter_new ();
  for (guint i = 0; i < INB_N_LEAD_BOUNDS; i++)
    self->instants[i] = INB_TIME_NONE;

  if (!check_names (params, others, error) ||
      !read_lists (self, params, error) ||
      !read_range (self, params, "created", INB_LEAD_BOUND_CREATED_FROM, &self->filter->created, error) ||
      !read_range (self, params, "activity", INB_LEAD_BOUND_ACTIVITY_FROM, &self->filter->activity, error) ||
      !read_hour (self->filter, params, error) ||
      !read_flags (self->filter, params, error))
    return NULL;
  inb_lead_filter_set_text (self->filter, inb_params_get (params, "q"));

  return g_steal_pointer (&self);
}

/**
 * inb_lead_scope_copy_within:
 * @now: microseconds, what the scope's own range of creation may be relative to
 *
 * Returns: (transfer full): a scope that stays rolled up if @self is; no day at all when the ranges do not meet
 */
InbLeadScope *
inb_lead_scope_copy_within (const InbLeadScope *self,
                            const char         *from,
                            const char         *to,
                            gint64              now,
                            GTimeZone          *timezone)
{
  InbLeadScope *copy = g_new0 (InbLeadScope, 1);
  InbDateRange *range;
  gint64 first;
  gint64 end;

  memcpy (copy->instants, self->instants, sizeof copy->instants);
  copy->filter = inb_lead_filter_copy (self->filter);
  range = &copy->filter->created;
  inb_date_range_resolve (range, now, timezone, &first, &end);

  /* Not inb_date_range_set_days(): the days may be in the wrong order here, which no lead meets. */
  range->kind = INB_DATE_RANGE_DAYS;
  g_strlcpy (range->from, from, sizeof range->from);
  g_strlcpy (range->to, to, sizeof range->to);
  if (first != G_MININT64)
    {
      g_autofree char *day = inb_time_get_day (first, timezone);

      if (strcmp (day, range->from) > 0)
        g_strlcpy (range->from, day, sizeof range->from);
    }
  if (end != G_MAXINT64)
    {
      g_autofree char *day = inb_time_get_day (end - 1, timezone);

      if (strcmp (day, range->to) < 0)
        g_strlcpy (range->to, day, sizeof range->to);
    }

  return copy;
}

void
inb_lead_scope_free (InbLeadScope *self)
{
  inb_lead_filter_free (self->filter);
  g_free (self);
}

gboolean
inb_lead_scope_is_rolled_up (const InbLeadScope *self)
{
  const InbLeadFilter *filter = self->filter;

  for (guint i = 0; i < INB_N_LEAD_BOUNDS; i++)
    {
      if (self->instants[i] != INB_TIME_NONE)
        return FALSE;
    }
  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    {
      if (filter->values[i] != NULL && i != INB_FILTER_STAGE && i != INB_FILTER_SOURCE && i != INB_FILTER_PRODUCT)
        return FALSE;
    }

  return filter->activity.kind == INB_DATE_RANGE_ANY && filter->weekday == 0 && filter->hour < 0 && filter->flags == 0 &&
         filter->text == NULL;
}

gboolean
inb_lead_scope_needs_calendar (const InbLeadScope *self)
{
  const InbLeadFilter *filter = self->filter;

  return filter->created.kind != INB_DATE_RANGE_ANY || filter->activity.kind != INB_DATE_RANGE_ANY || filter->weekday != 0 ||
         filter->hour >= 0 || (filter->flags & (INB_FILTER_FOLLOW_UP_DUE | INB_FILTER_UNANSWERED)) != 0;
}

const char *
inb_lead_scope_get_name (InbFilterField field)
{
  g_return_val_if_fail (field < INB_N_FILTER_FIELDS, NULL);

  return list_names[field];
}
