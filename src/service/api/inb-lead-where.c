#define G_LOG_DOMAIN "inb-service"

#include "inb-lead-where.h"

#include "inb-fold.h"
#include "inb-mail.h"
#include "inb-params.h"
#include "inb-template.h"
#include "inb-time.h"

#include <string.h>

#define SECTIONS "api/lead-filter"
#define MIN_PHONE_DIGITS 5
#define LAST_CHARACTER "\xf4\x8f\xbf\xbf" /* U+10FFFF, behind every other in the order of bytes */

/* The first of them that may drive does: those with the fewest leads a value come first. */
static const InbFilterField field_order[INB_N_FILTER_FIELDS] = {
  INB_FILTER_OWNER, INB_FILTER_TEAM, INB_FILTER_PRODUCT, INB_FILTER_SOURCE, INB_FILTER_STAGE, INB_FILTER_TEMPERATURE,
  INB_FILTER_CAMPAIGN,
};

static const char *
section (const char *prefix,
         const char *name)
{
  g_autofree char *full = g_strconcat (prefix, name, NULL);

  return inb_template_section (SECTIONS, full);
}

static InbLeadWhere *
where_new (const char *workspace_id)
{
  InbLeadWhere *self = g_new0 (InbLeadWhere, 1);

  self->params = g_ptr_array_new_with_free_func (g_free);
  self->predicates = g_string_new (NULL);
  self->driven = g_string_new (NULL);
  g_ptr_array_add (self->params, g_strdup (workspace_id));

  return self;
}

void
inb_lead_where_free (InbLeadWhere *self)
{
  g_ptr_array_unref (self->params);
  g_string_free (self->predicates, TRUE);
  g_string_free (self->driven, TRUE);
  g_free (self->driver);
  g_free (self);
}

/**
 * inb_lead_where_add_param:
 * @param: (transfer full): its text form
 *
 * Returns: (transfer full): how the statement names it
 */
char *
inb_lead_where_add_param (InbLeadWhere *self,
                          char         *param)
{
  g_ptr_array_add (self->params, param);

  return g_strdup_printf ("$%u", self->params->len);
}

static void
append_predicate (GString    *predicates,
                  const char *template,
                  const char *first,
                  const char *second)
{
  g_autofree char *text = inb_template_expand (template, "1", first, "2", second, NULL);

  g_string_append (predicates, "\n    AND ");
  g_string_append (predicates, text);
}

static void
add_predicate (InbLeadWhere *self,
               const char   *template,
               const char   *first,
               const char   *second)
{
  append_predicate (self->predicates, template, first, second);
  append_predicate (self->driven, template, first, second);
}

/* User ids are no text, so that "without one" is no element of their array. */
static char *
make_array (const InbLeadFilter *filter,
            InbFilterField       field)
{
  const char * const *values = (const char * const *) filter->values[field];

  /* Sorted, so that the empty one is the first. */
  return inb_params_to_array (field == INB_FILTER_OWNER && **values == '\0' ? values + 1 : values);
}

static void
add_values (InbLeadWhere        *self,
            const InbLeadFilter *filter,
            InbFilterField       field,
            gboolean             may_drive)
{
  const char *name = inb_lead_scope_get_name (field);
  gboolean has_none = inb_lead_filter_has_value (filter, field, "");
  const char *template = section (has_none ? "none " : "", name);
  g_autofree char *number = inb_lead_where_add_param (self, make_array (filter, field));

  append_predicate (self->predicates, template, number, "");
  if (may_drive && !has_none && self->driver == NULL)
    {
      self->driver = inb_template_expand (section ("each ", name), "1", number, NULL);
      template = section ("by ", name);
    }
  append_predicate (self->driven, template, number, "");
}

static void
add_bound (InbLeadWhere *self,
           const char   *name,
           gint64        instant)
{
  g_autofree char *number = NULL;

  if (instant == G_MININT64 || instant == G_MAXINT64)
    return;

  number = inb_lead_where_add_param (self, inb_time_format (instant));
  add_predicate (self, section ("", name), number, "");
}

static void
add_range (InbLeadWhere           *self,
           const InbDateRange     *range,
           const InbWorkspaceInfo *info,
           const char             *from_section,
           const char             *to_section)
{
  gint64 from;
  gint64 to;

  if (range->kind == INB_DATE_RANGE_ANY)
    return;

  inb_date_range_resolve (range, info->now, info->timezone, &from, &to);
  add_bound (self, from_section, from);
  add_bound (self, to_section, to);
}

static char *
phone_from_query (const char *query)
{
  g_autofree char *digits = inb_fold_digits (query);
  const char *rest = digits;

  if (g_str_has_prefix (query, "00"))
    rest += 2;
  else if (*query != '+')
    return NULL;

  return strlen (rest) < MIN_PHONE_DIGITS ? NULL : g_strconcat ("+", rest, NULL);
}

/* Takes @first and @second. */
static void
add_look_up (InbLeadWhere *self,
             GString      *look_ups,
             const char   *name,
             char         *first,
             char         *second)
{
  g_autofree char *first_number = inb_lead_where_add_param (self, first);
  g_autofree char *second_number = second == NULL ? NULL : inb_lead_where_add_param (self, second);
  g_autofree char *text = inb_template_expand (section ("q ", name),
                                               "1", first_number,
                                               "2", second_number == NULL ? "" : second_number,
                                               NULL);

  if (look_ups->len > 0)
    g_string_append (look_ups, " UNION ");
  g_string_append (look_ups, text);
}

static void
add_text (InbLeadWhere *self,
          const char   *query,
          gboolean      may_drive)
{
  g_autoptr (GString) look_ups = g_string_new (NULL);
  g_autofree char *mail = inb_mail_normalize (query);
  g_autofree char *phone = phone_from_query (query);
  g_autofree char *name = inb_fold_text (query);

  add_look_up (self, look_ups, "crm_id", g_strdup (query), NULL);
  if (mail != NULL)
    add_look_up (self, look_ups, "mail", g_steal_pointer (&mail), NULL);
  if (phone != NULL)
    add_look_up (self, look_ups, "phone", g_steal_pointer (&phone), NULL);
  if (*name != '\0')
    add_look_up (self, look_ups, "name", g_strdup (name), g_strconcat (name, LAST_CHARACTER, NULL));

  append_predicate (self->predicates, section ("", "q"), look_ups->str, "");
  if (may_drive)
    self->driver = inb_template_expand (section ("each ", "q"), "1", look_ups->str, NULL);
  append_predicate (self->driven, section (may_drive ? "by " : "", "q"), look_ups->str, "");
}

static void
add_local_part (InbLeadWhere           *self,
                const InbWorkspaceInfo *info,
                const char             *name,
                int                     value)
{
  g_autofree char *zone = inb_lead_where_add_param (self, g_strdup (info->zone));
  g_autofree char *number = inb_lead_where_add_param (self, g_strdup_printf ("%d", value));

  add_predicate (self, section ("", name), zone, number);
}

static void
add_flags (InbLeadWhere           *self,
           const InbWorkspaceInfo *info,
           InbFilterFlags          flags)
{
  if ((flags & INB_FILTER_CONVERTED) != 0)
    add_predicate (self, section ("", "converted"), "", "");
  if ((flags & INB_FILTER_UNANSWERED) != 0)
    {
      g_autofree char *open = inb_lead_where_add_param (self, g_strdup (info->open_stages));

      add_predicate (self, section ("", "unanswered"), open, "");
    }
  if ((flags & INB_FILTER_FOLLOW_UP_DUE) != 0)
    {
      g_autofree char *open = inb_lead_where_add_param (self, g_strdup (info->open_stages));
      g_autofree char *now = inb_lead_where_add_param (self, inb_time_format (info->now));

      add_predicate (self, section ("", "follow_up"), open, now);
    }
}

/**
 * inb_lead_where_new:
 * @info: (nullable): %NULL when inb_lead_scope_needs_calendar() says so
 * @drivers: a bit for each field whose values a page may loop over; with any, a text drives too
 *
 * Returns: (transfer full): predicates on `leads l`
 */
InbLeadWhere *
inb_lead_where_new (const InbLeadScope     *scope,
                    const InbWorkspaceInfo *info,
                    const char             *workspace_id,
                    guint                   drivers)
{
  InbLeadWhere *self = where_new (workspace_id);
  const InbLeadFilter *filter = scope->filter;

  g_return_val_if_fail (info != NULL || !inb_lead_scope_needs_calendar (scope), self);

  if (filter->text != NULL)
    add_text (self, filter->text, drivers != 0);
  for (guint i = 0; i < G_N_ELEMENTS (field_order); i++)
    {
      if (filter->values[field_order[i]] != NULL)
        add_values (self, filter, field_order[i], (drivers >> field_order[i] & 1) != 0);
    }
  add_range (self, &filter->created, info, "created_from", "created_to");
  add_range (self, &filter->activity, info, "activity_from", "activity_to");
  add_bound (self, "created_from", scope->instants[INB_LEAD_BOUND_CREATED_FROM]);
  add_bound (self, "created_to", scope->instants[INB_LEAD_BOUND_CREATED_TO]);
  add_bound (self, "activity_from", scope->instants[INB_LEAD_BOUND_ACTIVITY_FROM]);
  add_bound (self, "activity_to", scope->instants[INB_LEAD_BOUND_ACTIVITY_TO]);
  if (filter->weekday != 0)
    add_local_part (self, info, "weekday", filter->weekday);
  if (filter->hour >= 0)
    add_local_part (self, info, "hour", filter->hour);
  add_flags (self, info, filter->flags);

  return self;
}

void
inb_lead_where_add_older (InbLeadWhere *self,
                          const char   *time,
                          const char   *id)
{
  g_autofree char *time_number = inb_lead_where_add_param (self, g_strdup (time));
  g_autofree char *id_number = inb_lead_where_add_param (self, g_strdup (id));

  add_predicate (self, section ("after ", "-created_at"), time_number, id_number);
}

static void
add_day (InbLeadWhere           *self,
         const InbWorkspaceInfo *info,
         const char             *name,
         gint64                  instant)
{
  g_autofree char *number = NULL;

  if (instant == G_MININT64 || instant == G_MAXINT64)
    return;

  number = inb_lead_where_add_param (self, inb_time_get_day (instant, info->timezone));
  add_predicate (self, section ("count ", name), number, "");
}

/**
 * inb_lead_where_new_counts:
 * @info: (nullable): %NULL when inb_lead_scope_needs_calendar() says so
 *
 * Returns: (transfer full): predicates on `lead_counts n`, or on `lead_day_counts n`
 */
InbLeadWhere *
inb_lead_where_new_counts (const InbLeadScope     *scope,
                           const InbWorkspaceInfo *info,
                           const char             *workspace_id)
{
  InbLeadWhere *self = where_new (workspace_id);
  const InbLeadFilter *filter = scope->filter;
  gint64 from;
  gint64 to;

  g_return_val_if_fail (inb_lead_scope_is_rolled_up (scope), self);
  g_return_val_if_fail (info != NULL || !inb_lead_scope_needs_calendar (scope), self);

  for (guint i = 0; i < G_N_ELEMENTS (field_order); i++)
    {
      g_autofree char *number = NULL;

      if (filter->values[field_order[i]] == NULL)
        continue;
      number = inb_lead_where_add_param (self, make_array (filter, field_order[i]));
      add_predicate (self, section ("count ", inb_lead_scope_get_name (field_order[i])), number, "");
    }
  if (filter->created.kind != INB_DATE_RANGE_ANY)
    {
      inb_date_range_resolve (&filter->created, info->now, info->timezone, &from, &to);
      add_day (self, info, "created_from", from);
      add_day (self, info, "created_to", to);
      self->by_day = TRUE;
    }

  return self;
}
