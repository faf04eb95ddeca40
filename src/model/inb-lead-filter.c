#define G_LOG_DOMAIN "inb-model"

#include "inb-lead-filter.h"

#include <stdlib.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (InbLeadFilter, inb_lead_filter, inb_lead_filter_copy, inb_lead_filter_free)

static const char * const field_names[INB_N_FILTER_FIELDS] = {
  [INB_FILTER_STAGE] = "stage",
  [INB_FILTER_SOURCE] = "source",
  [INB_FILTER_PRODUCT] = "product",
  [INB_FILTER_OWNER] = "owner",
  [INB_FILTER_TEAM] = "team",
  [INB_FILTER_TEMPERATURE] = "temperature",
  [INB_FILTER_CAMPAIGN] = "campaign",
};

/**
 * inb_lead_filter_new:
 *
 * Returns: (transfer full): every lead
 */
InbLeadFilter *
inb_lead_filter_new (void)
{
  InbLeadFilter *self = g_new0 (InbLeadFilter, 1);

  self->hour = -1;

  return self;
}

/**
 * inb_lead_filter_copy:
 *
 * Returns: (transfer full): a deep copy
 */
InbLeadFilter *
inb_lead_filter_copy (const InbLeadFilter *self)
{
  InbLeadFilter *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof (InbLeadFilter));
  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    copy->values[i] = g_strdupv (self->values[i]);
  copy->text = g_strdup (self->text);

  return copy;
}

/**
 * inb_lead_filter_clear:
 *
 * Makes it mean every lead.
 */
void
inb_lead_filter_clear (InbLeadFilter *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    g_strfreev (self->values[i]);
  g_free (self->text);
  memset (self, 0, sizeof *self);
  self->hour = -1;
}

void
inb_lead_filter_free (InbLeadFilter *self)
{
  if (self == NULL)
    return;

  inb_lead_filter_clear (self);
  g_free (self);
}

static gboolean
values_equal (GStrv a,
              GStrv b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_strv_equal ((const char * const *) a, (const char * const *) b);
}

/**
 * inb_lead_filter_equal:
 *
 * Returns: whether both mean the same leads
 */
gboolean
inb_lead_filter_equal (const InbLeadFilter *a,
                       const InbLeadFilter *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    {
      if (!values_equal (a->values[i], b->values[i]))
        return FALSE;
    }

  return inb_date_range_equal (&a->created, &b->created) &&
         inb_date_range_equal (&a->activity, &b->activity) &&
         a->weekday == b->weekday &&
         a->hour == b->hour &&
         a->flags == b->flags &&
         g_strcmp0 (a->text, b->text) == 0;
}

gboolean
inb_lead_filter_is_empty (const InbLeadFilter *self)
{
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();

  return inb_lead_filter_equal (self, every);
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * inb_lead_filter_set_values:
 * @values: (nullable): the alternatives; "" stands for leads without a value
 */
void
inb_lead_filter_set_values (InbLeadFilter      *self,
                            InbFilterField      field,
                            const char * const *values)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) sorted = NULL;
  guint n_values = values != NULL ? g_strv_length ((char **) values) : 0;

  g_return_if_fail (self != NULL && field < INB_N_FILTER_FIELDS);

  sorted = g_strdupv ((char **) values);
  g_clear_pointer (&self->values[field], g_strfreev);
  if (n_values == 0)
    return;

  qsort (sorted, n_values, sizeof (char *), compare_strings);
  builder = g_strv_builder_new ();
  for (guint i = 0; i < n_values; i++)
    {
      if (i == 0 || strcmp (sorted[i], sorted[i - 1]) != 0)
        g_strv_builder_add (builder, sorted[i]);
    }
  self->values[field] = g_strv_builder_end (builder);
}

gboolean
inb_lead_filter_has_value (const InbLeadFilter *self,
                           InbFilterField       field,
                           const char          *value)
{
  g_return_val_if_fail (self != NULL && field < INB_N_FILTER_FIELDS && value != NULL, FALSE);

  return self->values[field] != NULL && g_strv_contains ((const char * const *) self->values[field], value);
}

/**
 * inb_lead_filter_add_value:
 *
 * Makes sure that @value is among the field's alternatives.
 */
void
inb_lead_filter_add_value (InbLeadFilter  *self,
                           InbFilterField  field,
                           const char     *value)
{
  if (!inb_lead_filter_has_value (self, field, value))
    inb_lead_filter_toggle_value (self, field, value);
}

/**
 * inb_lead_filter_toggle_value:
 *
 * Adds @value to the field's alternatives, or takes it away; without any left the field is open again.
 */
void
inb_lead_filter_toggle_value (InbLeadFilter  *self,
                              InbFilterField  field,
                              const char     *value)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_auto (GStrv) old = NULL;
  gboolean had;

  g_return_if_fail (self != NULL && field < INB_N_FILTER_FIELDS && value != NULL);

  had = inb_lead_filter_has_value (self, field, value);
  old = g_strdupv (self->values[field]);
  for (guint i = 0; old != NULL && old[i] != NULL; i++)
    {
      if (strcmp (old[i], value) != 0)
        g_ptr_array_add (values, old[i]);
    }
  if (!had)
    g_ptr_array_add (values, (gpointer) value);
  g_ptr_array_add (values, NULL);
  inb_lead_filter_set_values (self, field, (const char * const *) values->pdata);
}

/**
 * inb_lead_filter_set_text:
 * @text: (nullable): trimmed; blank means any
 */
void
inb_lead_filter_set_text (InbLeadFilter *self,
                          const char    *text)
{
  char *trimmed;

  g_return_if_fail (self != NULL);

  trimmed = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  if (trimmed != NULL && *trimmed == '\0')
    g_clear_pointer (&trimmed, g_free);
  g_free (self->text);
  self->text = trimmed;
}

const char *
inb_filter_field_get_name (InbFilterField field)
{
  g_return_val_if_fail (field < INB_N_FILTER_FIELDS, NULL);

  return field_names[field];
}
