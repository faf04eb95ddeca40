#define G_LOG_DOMAIN "inb-app"

#include "inb-range-picker.h"

#include "inb-accessible.h"
#include "inb-format.h"

#include <glib/gi18n.h>
#include <string.h>

struct _InbRangePicker {
  AdwBin           parent_instance;

  /* Template */
  GtkMenuButton   *button;
  GtkPopover      *popover;
  GtkStack        *stack;
  GtkBox          *presets;
  GtkToggleButton *from;
  GtkToggleButton *to;
  GtkCalendar     *calendar;
  GtkButton       *apply;

  InbDateRange     range;
  char             days[2][11];   /* being chosen: from and to */
  gboolean         filling;       /* the calendar is moved by us */
};

static guint changed_signal;

static const char *const titles[INB_N_DATE_RANGES] = {
  [INB_DATE_RANGE_ANY] = N_("All Time"),
  [INB_DATE_RANGE_TODAY] = N_("Today"),
  [INB_DATE_RANGE_YESTERDAY] = N_("Yesterday"),
  [INB_DATE_RANGE_LAST_7_DAYS] = N_("Last 7 Days"),
  [INB_DATE_RANGE_LAST_30_DAYS] = N_("Last 30 Days"),
  [INB_DATE_RANGE_LAST_90_DAYS] = N_("Last 90 Days"),
  [INB_DATE_RANGE_THIS_WEEK] = N_("This Week"),
  [INB_DATE_RANGE_THIS_MONTH] = N_("This Month"),
  [INB_DATE_RANGE_LAST_MONTH] = N_("Last Month"),
  [INB_DATE_RANGE_THIS_YEAR] = N_("This Year"),
  [INB_DATE_RANGE_DAYS] = N_("Own Dates…"),
};

/* A course of hours is none: what is offered are at least some days. */
static const InbDateRangeKind offered[] = {
  INB_DATE_RANGE_LAST_7_DAYS, INB_DATE_RANGE_LAST_30_DAYS, INB_DATE_RANGE_LAST_90_DAYS, INB_DATE_RANGE_THIS_WEEK,
  INB_DATE_RANGE_THIS_MONTH, INB_DATE_RANGE_LAST_MONTH, INB_DATE_RANGE_THIS_YEAR, INB_DATE_RANGE_ANY, INB_DATE_RANGE_DAYS,
};

G_DEFINE_FINAL_TYPE (InbRangePicker, inb_range_picker, ADW_TYPE_BIN)

char *
inb_range_picker_format (const InbDateRange *range)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (range->kind != INB_DATE_RANGE_DAYS)
    return g_strdup (_(titles[range->kind]));

  from = *range->from != '\0' ? inb_format_date (range->from) : g_strdup ("…");
  to = *range->to != '\0' ? inb_format_date (range->to) : g_strdup ("…");
  if (g_str_equal (from, to))
    return g_steal_pointer (&from);

  return g_strdup_printf ("%s – %s", from, to);
}

char *
inb_range_picker_to_text (const InbDateRange *range)
{
  if (range->kind != INB_DATE_RANGE_DAYS)
    return g_strdup (inb_date_range_kind_get_name (range->kind));

  return g_strdup_printf ("%s/%s", range->from, range->to);
}

gboolean
inb_range_picker_from_text (const char   *text,
                            InbDateRange *range)
{
  InbDateRange found = { 0 };
  g_auto (GStrv) days = NULL;

  if (inb_date_range_kind_from_name (text, &found.kind))
    {
      *range = found;
      return TRUE;
    }

  days = g_strsplit (text, "/", 2);
  if (g_strv_length (days) != 2 ||
      !inb_date_range_set_days (&found, *days[0] != '\0' ? days[0] : NULL, *days[1] != '\0' ? days[1] : NULL))
    return FALSE;

  *range = found;

  return TRUE;
}

/* --- own dates ---------------------------------------------------------------------------------------------------------- */

static guint
get_end (InbRangePicker *self)
{
  return gtk_toggle_button_get_active (self->to) ? 1 : 0;
}

static void
show_days (InbRangePicker *self)
{
  g_autofree char *from = inb_format_short_date (self->days[0]);
  g_autofree char *to = inb_format_short_date (self->days[1]);
  g_autofree char *from_label = g_strdup_printf (_("From %s"), from);
  g_autofree char *to_label = g_strdup_printf (_("To %s"), to);

  gtk_button_set_label (GTK_BUTTON (self->from), from_label);
  gtk_button_set_label (GTK_BUTTON (self->to), to_label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply), strcmp (self->days[0], self->days[1]) <= 0);
}

static void
show_month (InbRangePicker *self)
{
  g_autofree char *instant = g_strconcat (self->days[get_end (self)], "T00:00:00Z", NULL);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (instant, NULL);

  if (day == NULL)
    return;

  self->filling = TRUE;
  gtk_calendar_select_day (self->calendar, day);
  self->filling = FALSE;
}

static void
on_day_selected (InbRangePicker *self)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *text = NULL;

  if (self->filling)
    return;

  day = gtk_calendar_get_date (self->calendar);
  text = g_date_time_format (day, "%Y-%m-%d");
  g_strlcpy (self->days[get_end (self)], text, sizeof self->days[0]);
  show_days (self);
}

static void
begin_days (InbRangePicker *self)
{
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();
  g_autoptr (GDateTime) earlier = g_date_time_add_days (today, -29);
  g_autofree char *from = g_date_time_format (earlier, "%Y-%m-%d");
  g_autofree char *to = g_date_time_format (today, "%Y-%m-%d");

  if (self->range.kind == INB_DATE_RANGE_DAYS)
    {
      g_strlcpy (self->days[0], *self->range.from != '\0' ? self->range.from : from, sizeof self->days[0]);
      g_strlcpy (self->days[1], *self->range.to != '\0' ? self->range.to : to, sizeof self->days[1]);
    }
  else
    {
      g_strlcpy (self->days[0], from, sizeof self->days[0]);
      g_strlcpy (self->days[1], to, sizeof self->days[1]);
    }
  gtk_toggle_button_set_active (self->from, TRUE);
  show_days (self);
  show_month (self);
  gtk_stack_set_visible_child_name (self->stack, "days");
  gtk_widget_grab_focus (GTK_WIDGET (self->from));
}

/* --- choosing ----------------------------------------------------------------------------------------------------------- */

static void
choose (InbRangePicker     *self,
        const InbDateRange *range)
{
  gtk_popover_popdown (self->popover);
  if (inb_date_range_equal (range, &self->range))
    return;

  inb_range_picker_set_range (self, range);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_applied (InbRangePicker *self)
{
  InbDateRange range = { 0 };

  if (inb_date_range_set_days (&range, self->days[0], self->days[1]))
    choose (self, &range);
}

static void
on_preset (InbRangePicker *self,
           GtkWidget      *button)
{
  InbDateRange range = { .kind = (InbDateRangeKind) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kind")) };

  if (range.kind == INB_DATE_RANGE_DAYS)
    begin_days (self);
  else
    choose (self, &range);
}

static void
on_closed (InbRangePicker *self)
{
  gtk_stack_set_visible_child_name (self->stack, "presets");
}

static void
add_presets (InbRangePicker *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_(titles[offered[i]]));

      gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "preset");
      g_object_set_data (G_OBJECT (button), "kind", GUINT_TO_POINTER (offered[i]));
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_preset), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->presets, button);
    }
}

static void
inb_range_picker_class_init (InbRangePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-range-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, InbRangePicker, button);
  gtk_widget_class_bind_template_child (widget_class, InbRangePicker, popover);
  gtk_widget_class_bind_template_child (widget_class, InbRangePicker, stack);
  gtk_widget_class_bind_template_child (widget_class, InbRangePicker, presets);
  gtk_widget_class_bind_template_child (widget_class, InbRangePicker, from);
  gtk_widget_class_bind_template_child (widget_class, InbRangePicker, to);
  gtk_widget_class_bind_template_child (widget_class, InbRangePicker, calendar);
  gtk_widget_class_bind_template_child (widget_class, InbRangePicker, apply);
}

static void
inb_range_picker_init (InbRangePicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_accessible_follow_stack (self->stack);
  add_presets (self);
  g_signal_connect_object (self->from, "toggled", G_CALLBACK (show_month), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (on_day_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->apply, "clicked", G_CALLBACK (on_applied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  inb_range_picker_set_range (self, &(InbDateRange) { .kind = INB_DATE_RANGE_LAST_30_DAYS });
}

void
inb_range_picker_set_range (InbRangePicker     *self,
                            const InbDateRange *range)
{
  g_autofree char *title = NULL;

  g_return_if_fail (INB_IS_RANGE_PICKER (self) && range != NULL);

  self->range = *range;
  title = inb_range_picker_format (range);
  gtk_menu_button_set_label (self->button, title);
}

const InbDateRange *
inb_range_picker_get_range (InbRangePicker *self)
{
  g_return_val_if_fail (INB_IS_RANGE_PICKER (self), NULL);

  return &self->range;
}
