#define G_LOG_DOMAIN "inb-service"

#include "inb-lead-select.h"

#include "inb-fold.h"
#include "inb-mail.h"
#include "inb-params.h"
#include "inb-sql.h"
#include "inb-template.h"

#include <string.h>

#define SECTIONS "api/lead-filter"
#define MIN_PHONE_DIGITS 5
#define LAST_CHARACTER "\xf4\x8f\xbf\xbf" /* U+10FFFF, behind every other in the order of bytes */

static const char * const list_sections[INB_N_LEAD_LISTS] = {
  [INB_LEAD_LIST_ASSIGNEE] = "assigned_to",
  [INB_LEAD_LIST_TEAM] = "team",
  [INB_LEAD_LIST_PRODUCT] = "product",
  [INB_LEAD_LIST_SOURCE] = "source",
  [INB_LEAD_LIST_STAGE] = "status",
  [INB_LEAD_LIST_TEMPERATURE] = "temperature",
};

static const char * const bound_sections[INB_N_LEAD_BOUNDS] = {
  [INB_LEAD_BOUND_CREATED_FROM] = "created_from",
  [INB_LEAD_BOUND_CREATED_TO] = "created_to",
  [INB_LEAD_BOUND_ACTIVITY_FROM] = "activity_from",
  [INB_LEAD_BOUND_ACTIVITY_TO] = "activity_to",
};

static const char * const sort_sections[INB_N_LEAD_SORTS] = {
  [INB_LEAD_SORT_CREATED_DESC] = "-created_at",
  [INB_LEAD_SORT_CREATED] = "created_at",
  [INB_LEAD_SORT_ACTIVITY_DESC] = "-last_activity_at",
  [INB_LEAD_SORT_ACTIVITY] = "last_activity_at",
};

/* While the texts are put together. */
typedef struct {
  GPtrArray *params;
  GString   *page;   /* predicates of the page */
  GString   *count;  /* of the count */
  GString   *total;  /* of the roll-up */
  char      *driver; /* what the page loops over, or NULL */
} Builder;

static const char *
section (const char *prefix,
         const char *name)
{
  g_autofree char *full = g_strconcat (prefix, name, NULL);

  return inb_template_section (SECTIONS, full);
}

/* Takes @param; returns "$7". */
static char *
add_param (Builder *builder,
           char    *param)
{
  g_ptr_array_add (builder->params, param);

  return g_strdup_printf ("$%u", builder->params->len);
}

static void
add_predicate (GString    *predicates,
               const char *template,
               const char *first,
               const char *second)
{
  g_autofree char *text = inb_template_expand (template, "1", first, "2", second, NULL);

  g_string_append (predicates, "\n    AND ");
  g_string_append (predicates, text);
}

/* Looping over the values reads each one's rows in the order of its index and stops at the limit; no index has the order of
 * the activity within a value, so there the list only filters. */
static gboolean
may_drive (const InbLeadRequest *filter,
           guint                list)
{
  return list != INB_LEAD_LIST_TEMPERATURE &&
         (filter->sort == INB_LEAD_SORT_CREATED_DESC || filter->sort == INB_LEAD_SORT_CREATED ||
          list == INB_LEAD_LIST_ASSIGNEE || list == INB_LEAD_LIST_TEAM);
}

static void
add_list (Builder             *builder,
          const InbLeadRequest *filter,
          guint                list)
{
  const char *name = list_sections[list];
  g_autofree char *number = NULL;

  if (filter->lists[list] == NULL)
    return;

  number = add_param (builder, inb_params_to_array ((const char * const *) filter->lists[list]));
  add_predicate (builder->count, section ("", name), number, "");
  if (list == INB_LEAD_LIST_PRODUCT || list == INB_LEAD_LIST_SOURCE || list == INB_LEAD_LIST_STAGE)
    add_predicate (builder->total, section ("count ", name), number, "");

  if (builder->driver == NULL && may_drive (filter, list))
    {
      builder->driver = inb_template_expand (section ("each ", name), "1", number, NULL);
      add_predicate (builder->page, section ("by ", name), number, "");
    }
  else
    {
      add_predicate (builder->page, section ("", name), number, "");
    }
}

static void
add_bound (Builder             *builder,
           const InbLeadRequest *filter,
           guint                bound)
{
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;

  if (filter->bounds[bound] == NULL)
    return;

  name = g_strconcat (bound_sections[bound], filter->bound_is_day[bound] ? " day" : "", NULL);
  number = add_param (builder, g_strdup (filter->bounds[bound]));
  add_predicate (builder->page, section ("", name), number, "");
  add_predicate (builder->count, section ("", name), number, "");
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
add_look_up (Builder    *builder,
             GString    *look_ups,
             const char *name,
             char       *first,
             char       *second)
{
  g_autofree char *first_number = add_param (builder, first);
  g_autofree char *second_number = second == NULL ? NULL : add_param (builder, second);
  g_autofree char *text = inb_template_expand (section ("q ", name),
                                               "1", first_number,
                                               "2", second_number == NULL ? "" : second_number,
                                               NULL);

  if (look_ups->len > 0)
    g_string_append (look_ups, " UNION ");
  g_string_append (look_ups, text);
}

static void
add_query (Builder    *builder,
           const char *query)
{
  g_autoptr (GString) look_ups = g_string_new (NULL);
  g_autofree char *mail = inb_mail_normalize (query);
  g_autofree char *phone = phone_from_query (query);
  g_autofree char *name = inb_fold_text (query);

  add_look_up (builder, look_ups, "crm_id", g_strdup (query), NULL);
  if (mail != NULL)
    add_look_up (builder, look_ups, "mail", g_steal_pointer (&mail), NULL);
  if (phone != NULL)
    add_look_up (builder, look_ups, "phone", g_steal_pointer (&phone), NULL);
  if (*name != '\0')
    add_look_up (builder, look_ups, "name", g_strdup (name), g_strconcat (name, LAST_CHARACTER, NULL));

  builder->driver = inb_template_expand (section ("each ", "q"), "1", look_ups->str, NULL);
  add_predicate (builder->page, section ("by ", "q"), "", "");
  add_predicate (builder->count, section ("", "q"), look_ups->str, "");
}

static void
add_cursor (Builder             *builder,
            const InbLeadRequest *filter)
{
  g_autofree char *time = NULL;
  g_autofree char *id = NULL;

  if (filter->after_time == NULL)
    return;

  time = add_param (builder, g_strdup (filter->after_time));
  id = add_param (builder, g_strdup (filter->after_id));
  add_predicate (builder->page, section ("after ", sort_sections[filter->sort]), time, id);
}

static char *
make_page (Builder             *builder,
           const InbLeadRequest *filter)
{
  g_autofree char *limit = add_param (builder, g_strdup_printf ("%" G_GINT64_FORMAT, filter->limit + 1));
  g_autofree char *offset = add_param (builder, g_strdup_printf ("%" G_GINT64_FORMAT, filter->offset));

  return inb_template_expand (inb_sql_get (builder->driver == NULL ? "api/leads" : "api/leads-each"),
                              "lead_columns", inb_sql_columns (INB_KIND_LEAD, "l"),
                              "contact_columns", inb_sql_columns (INB_KIND_CONTACT, "c"),
                              "driver", builder->driver == NULL ? "" : builder->driver,
                              "predicates", builder->page->str,
                              "order", section ("order ", sort_sections[filter->sort]),
                              "limit", limit,
                              "offset", offset,
                              NULL);
}

/**
 * inb_lead_select_new:
 *
 * Returns: (transfer full): the statements and their parameters
 */
InbLeadSelect *
inb_lead_select_new (const InbLeadRequest *filter,
                     const char          *workspace_id)
{
  InbLeadSelect *self = g_new0 (InbLeadSelect, 1);
  g_autoptr (GString) page = g_string_new (NULL);
  g_autoptr (GString) count = g_string_new (NULL);
  g_autoptr (GString) total = g_string_new (NULL);
  Builder builder = { NULL, page, count, total, NULL };

  self->params = g_ptr_array_new_with_free_func (g_free);
  builder.params = self->params;
  g_ptr_array_add (self->params, g_strdup (workspace_id));

  if (filter->query != NULL)
    add_query (&builder, filter->query);
  for (guint i = 0; i < INB_N_LEAD_LISTS; i++)
    add_list (&builder, filter, i);
  for (guint i = 0; i < INB_N_LEAD_BOUNDS; i++)
    add_bound (&builder, filter, i);
  self->n_filter_params = self->params->len;

  add_cursor (&builder, filter);
  self->page_sql = make_page (&builder, filter);
  self->count_sql = inb_template_expand (inb_sql_get ("api/leads-count"), "predicates", count->str, NULL);
  if (inb_lead_request_is_rolled_up (filter))
    self->total_sql = inb_template_expand (inb_sql_get ("api/leads-rolled-up"), "predicates", total->str, NULL);
  g_free (builder.driver);

  return self;
}

void
inb_lead_select_free (InbLeadSelect *self)
{
  g_free (self->page_sql);
  g_free (self->count_sql);
  g_free (self->total_sql);
  g_ptr_array_unref (self->params);
  g_free (self);
}
