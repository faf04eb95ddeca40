#define G_LOG_DOMAIN "inb-app"

#include "inb-notification-rule-row.h"

#include "inb-format.h"
#include "inb-source-text.h"

#include <glib/gi18n.h>

struct _InbNotificationRuleRow {
  AdwExpanderRow       parent_instance;

  /* Template */
  AdwComboRow         *outcome;
  AdwComboRow         *source;
  AdwComboRow         *product;
  AdwComboRow         *temperature;
  AdwComboRow         *owner;
  GtkSpinButton       *min_value;

  /* Owned */
  InbNotificationRule *rule;

  gboolean             is_filling;  /* what changes now was not the user */
};

enum {
  CHANGED,
  MOVE,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char * const temperatures[] = { NULL, "hot", "warm", "cold" };

G_DEFINE_FINAL_TYPE (InbNotificationRuleRow, inb_notification_rule_row, ADW_TYPE_EXPANDER_ROW)

/* --- what it says ------------------------------------------------------------------------------------------------------- */

static const char *
get_outcome_text (InbNoticeOutcome outcome)
{
  switch (outcome)
    {
    case INB_NOTICE_SILENT:
      return _("Only in the window");

    case INB_NOTICE_NEVER:
      return _("Not at all");

    case INB_NOTICE_NOTIFY:
    case INB_N_NOTICE_OUTCOMES:
    default:
      return _("Notify");
    }
}

static const char *
get_owner_text (InbRuleOwner owner)
{
  switch (owner)
    {
    case INB_RULE_OWNER_ME:
      return _("Mine");

    case INB_RULE_OWNER_NOBODY:
      return _("Without owner");

    case INB_RULE_OWNER_SOMEONE:
      return _("Somebody else’s");

    case INB_RULE_OWNER_ANY:
    case INB_N_RULE_OWNERS:
    default:
      return NULL;
    }
}

static const char *
get_temperature_text (const char *temperature)
{
  if (g_strcmp0 (temperature, "hot") == 0)
    return _("Hot");
  if (g_strcmp0 (temperature, "warm") == 0)
    return _("Warm");
  if (g_strcmp0 (temperature, "cold") == 0)
    return _("Cold");

  return temperature;
}

static void
add_part (GString    *text,
          const char *part)
{
  if (part == NULL)
    return;

  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static char *
make_value_text (gint64 hundredths)
{
  g_autofree char *amount = inb_format_count (hundredths / 100);

  /* Translators: a rule's least value, as in "from 5,000". */
  return g_strdup_printf (_("from %s"), amount);
}

static void
update_title (InbNotificationRuleRow *self)
{
  g_autoptr (GString) conditions = g_string_new (NULL);
  g_autofree char *title = NULL;

  add_part (conditions, inb_source_text_get_name (self->rule->source));
  add_part (conditions, self->rule->product);
  add_part (conditions, get_temperature_text (self->rule->temperature));
  add_part (conditions, get_owner_text (self->rule->owner));
  if (self->rule->min_value > 0)
    {
      g_autofree char *value = make_value_text (self->rule->min_value);

      add_part (conditions, value);
    }

  title = g_markup_escape_text (conditions->len > 0 ? conditions->str : _("Every lead"), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), get_outcome_text (self->rule->outcome));
}

/* --- what the user changes ---------------------------------------------------------------------------------------------- */

/* (transfer full): the picked text, NULL for "any". */
static char *
get_choice (AdwComboRow *row)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (row);

  return item == NULL || adw_combo_row_get_selected (row) == 0 ? NULL : g_strdup (gtk_string_object_get_string (item));
}

static void
on_edited (InbNotificationRuleRow *self)
{
  if (self->is_filling)
    return;

  g_free (self->rule->source);
  self->rule->source = get_choice (self->source);
  g_free (self->rule->product);
  self->rule->product = get_choice (self->product);
  g_free (self->rule->temperature);
  self->rule->temperature = g_strdup (temperatures[MIN (adw_combo_row_get_selected (self->temperature),
                                                        G_N_ELEMENTS (temperatures) - 1)]);
  self->rule->owner = MIN (adw_combo_row_get_selected (self->owner), INB_N_RULE_OWNERS - 1);
  self->rule->outcome = MIN (adw_combo_row_get_selected (self->outcome), INB_N_NOTICE_OUTCOMES - 1);
  self->rule->min_value = (gint64) gtk_spin_button_get_value_as_int (self->min_value) * 100;
  update_title (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
move (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  g_signal_emit (widget, signals[MOVE], 0, g_variant_get_int32 (parameter));
}

static void
remove_rule (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0);
}

/* --- filling ------------------------------------------------------------------------------------------------------------ */

static void
fill_choices (AdwComboRow        *row,
              const char * const *choices,
              const char         *chosen)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *[]) { _("Any"), NULL });
  guint selected = 0;

  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    {
      gtk_string_list_append (list, choices[i]);
      if (g_strcmp0 (choices[i], chosen) == 0)
        selected = i + 1;
    }
  if (chosen != NULL && selected == 0)
    {
      gtk_string_list_append (list, chosen);
      selected = g_list_model_get_n_items (G_LIST_MODEL (list)) - 1;
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, selected);
}

static void
fill (InbNotificationRuleRow *self)
{
  guint temperature = 0;

  for (guint i = 1; i < G_N_ELEMENTS (temperatures); i++)
    {
      if (g_strcmp0 (temperatures[i], self->rule->temperature) == 0)
        temperature = i;
    }

  self->is_filling = TRUE;
  adw_combo_row_set_selected (self->temperature, temperature);
  adw_combo_row_set_selected (self->owner, self->rule->owner);
  adw_combo_row_set_selected (self->outcome, self->rule->outcome);
  gtk_spin_button_set_value (self->min_value, (double) (self->rule->min_value / 100));
  self->is_filling = FALSE;
}

static void
inb_notification_rule_row_finalize (GObject *object)
{
  inb_notification_rule_free (INB_NOTIFICATION_RULE_ROW (object)->rule);

  G_OBJECT_CLASS (inb_notification_rule_row_parent_class)->finalize (object);
}

static void
inb_notification_rule_row_class_init (InbNotificationRuleRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = inb_notification_rule_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVE] = g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_INT);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "rule.move", "i", move);
  gtk_widget_class_install_action (widget_class, "rule.remove", NULL, remove_rule);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-notification-rule-row.ui");
  gtk_widget_class_bind_template_child (widget_class, InbNotificationRuleRow, outcome);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationRuleRow, source);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationRuleRow, product);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationRuleRow, temperature);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationRuleRow, owner);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationRuleRow, min_value);
}

/* (transfer full): the list has the sources as they are stored. */
static char *
dup_source_name (GtkStringObject *source,
                 gpointer         data)
{
  return g_strdup (inb_source_text_get_name (gtk_string_object_get_string (source)));
}

static void
inb_notification_rule_row_init (InbNotificationRuleRow *self)
{
  GtkWidget *combos[5];
  g_autoptr (GtkExpression) source_name = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_source_name), NULL,
                                                                       NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_expression (self->source, source_name);
  combos[0] = GTK_WIDGET (self->outcome);
  combos[1] = GTK_WIDGET (self->source);
  combos[2] = GTK_WIDGET (self->product);
  combos[3] = GTK_WIDGET (self->temperature);
  combos[4] = GTK_WIDGET (self->owner);
  for (guint i = 0; i < G_N_ELEMENTS (combos); i++)
    g_signal_connect_object (combos[i], "notify::selected", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->min_value, "value-changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
}

/**
 * inb_notification_rule_row_new:
 * @rule: copied
 */
GtkWidget *
inb_notification_rule_row_new (const InbNotificationRule *rule)
{
  InbNotificationRuleRow *self = g_object_new (INB_TYPE_NOTIFICATION_RULE_ROW, NULL);

  self->rule = inb_notification_rule_copy (rule);
  fill (self);
  inb_notification_rule_row_set_choices (self, NULL, NULL);
  update_title (self);

  return GTK_WIDGET (self);
}

const InbNotificationRule *
inb_notification_rule_row_get_rule (InbNotificationRuleRow *self)
{
  g_return_val_if_fail (INB_IS_NOTIFICATION_RULE_ROW (self), NULL);

  return self->rule;
}

void
inb_notification_rule_row_set_choices (InbNotificationRuleRow *self,
                                       const char * const     *sources,
                                       const char * const     *products)
{
  g_return_if_fail (INB_IS_NOTIFICATION_RULE_ROW (self));

  self->is_filling = TRUE;
  fill_choices (self->source, sources, self->rule->source);
  fill_choices (self->product, products, self->rule->product);
  self->is_filling = FALSE;
}
