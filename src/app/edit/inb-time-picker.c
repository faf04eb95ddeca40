#define G_LOG_DOMAIN "inb-app"

#include "inb-time-picker.h"

#include "inb-format.h"
#include "inb-time.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define MORNING_HOUR 9
#define LATER_HOURS 3
#define LAST_HOUR 20  /* "later today" is still a working hour */

struct _InbTimePicker {
  GtkPopover   parent_instance;

  /* Owned */
  GTimeZone   *zone;

  /* Borrowed: children */
  GtkLabel    *times[INB_N_TIME_PRESETS];
  GtkWidget   *buttons[INB_N_TIME_PRESETS];
  GtkCalendar *calendar;
  GtkEntry    *time;
  GtkLabel    *problem;
  GtkWidget   *clear;

  gint64       value;
  gboolean     has_presets;
};

static guint picked_signal;

G_DEFINE_FINAL_TYPE (InbTimePicker, inb_time_picker, GTK_TYPE_POPOVER)

const char *
inb_time_preset_get_name (InbTimePreset preset)
{
  static const char *const names[INB_N_TIME_PRESETS] = {
    [INB_TIME_PRESET_LATER] = N_("Later today"),
    [INB_TIME_PRESET_TOMORROW] = N_("Tomorrow"),
    [INB_TIME_PRESET_IN_3_DAYS] = N_("In three days"),
    [INB_TIME_PRESET_NEXT_WEEK] = N_("Next week"),
  };

  g_return_val_if_fail (preset < INB_N_TIME_PRESETS, NULL);

  return _(names[preset]);
}

static gint64
to_microseconds (GDateTime *time)
{
  return g_date_time_to_unix (time) * INB_TIME_SECOND;
}

/**
 * inb_time_preset_resolve:
 * @zone: whose mornings and weeks are meant
 *
 * Returns: microseconds, or %INB_TIME_NONE when it is too late today for "later today"
 */
gint64
inb_time_preset_resolve (InbTimePreset  preset,
                         gint64         now,
                         GTimeZone     *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / INB_TIME_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) morning = NULL;

  if (preset == INB_TIME_PRESET_LATER)
    {
      g_autoptr (GDateTime) later = g_date_time_add_hours (local, LATER_HOURS);
      int minutes = g_date_time_get_minute (later) < 30 ? 30 : 60;
      g_autoptr (GDateTime) hour = g_date_time_add_seconds (later, -(g_date_time_get_minute (later) * 60 +
                                                                     g_date_time_get_second (later)));
      g_autoptr (GDateTime) rounded = g_date_time_add_minutes (hour, minutes);

      if (g_date_time_get_day_of_year (rounded) != g_date_time_get_day_of_year (local) ||
          g_date_time_get_hour (rounded) > LAST_HOUR)
        return INB_TIME_NONE;
      return to_microseconds (rounded);
    }

  day = g_date_time_add_days (local, preset == INB_TIME_PRESET_TOMORROW ? 1 : preset == INB_TIME_PRESET_IN_3_DAYS ? 3
                              : 8 - g_date_time_get_day_of_week (local));
  morning = g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day),
                             MORNING_HOUR, 0, 0);

  return to_microseconds (morning);
}

/**
 * inb_time_picker_parse:
 * @time: hours and minutes; "9" is 9:00
 *
 * Returns: whether that is a time
 */
gboolean
inb_time_picker_parse (const char *day,
                       const char *time,
                       GTimeZone  *zone,
                       gint64     *microseconds)
{
  g_autoptr (GDateTime) at = NULL;
  guint hour;
  guint minute = 0;
  char rest;
  int n_read = sscanf (time, " %2u : %2u %c", &hour, &minute, &rest);

  if (!inb_date_is_valid (day) || n_read < 1 || n_read > 2 || hour > 23 || minute > 59 ||
      (n_read == 1 && sscanf (time, " %2u %c", &hour, &rest) != 1))
    return FALSE;

  at = g_date_time_new (zone, atoi (day), atoi (day + 5), atoi (day + 8), (int) hour, (int) minute, 0);
  if (at == NULL)
    return FALSE;
  *microseconds = to_microseconds (at);

  return TRUE;
}

static void
pick (InbTimePicker *self,
      gint64         time)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, picked_signal, 0, time);
}

static void
on_preset (InbTimePicker *self,
           GtkButton     *button)
{
  InbTimePreset preset = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "preset"));
  gint64 time = inb_time_preset_resolve (preset, inb_time_now (), self->zone);

  if (time != INB_TIME_NONE)
    pick (self, time);
}

static void
on_clear (InbTimePicker *self)
{
  pick (self, INB_TIME_NONE);
}

static void
on_apply (InbTimePicker *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autofree char *day = g_date_time_format (date, "%Y-%m-%d");
  gint64 time;
  gboolean valid = inb_time_picker_parse (day, gtk_editable_get_text (GTK_EDITABLE (self->time)), self->zone, &time);

  gtk_widget_set_visible (GTK_WIDGET (self->problem), !valid);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->time), GTK_ACCESSIBLE_STATE_INVALID,
                               valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  if (valid)
    pick (self, time);
}

static void
on_show (InbTimePicker *self)
{
  gint64 now = inb_time_now ();
  gint64 proposed = self->has_presets ? inb_time_preset_resolve (INB_TIME_PRESET_TOMORROW, now, self->zone) : now;
  gint64 shown = self->value != INB_TIME_NONE ? self->value : proposed;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (shown / INB_TIME_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);
  g_autofree char *clock = g_date_time_format (local, "%H:%M");

  for (guint i = 0; i < INB_N_TIME_PRESETS; i++)
    {
      gint64 time = inb_time_preset_resolve (i, now, self->zone);
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc ((time != INB_TIME_NONE ? time : now) / INB_TIME_SECOND);
      g_autoptr (GDateTime) there = g_date_time_to_timezone (at, self->zone);
      /* Translators: when a follow-up is due: weekday and time, "Mon 09:00" */
      g_autofree char *text = g_date_time_format (there, _("%a %H:%M"));

      gtk_label_set_text (self->times[i], time != INB_TIME_NONE ? text : "");
      gtk_widget_set_visible (self->buttons[i], time != INB_TIME_NONE && self->has_presets);
    }
  gtk_calendar_select_day (self->calendar, local);
  gtk_editable_set_text (GTK_EDITABLE (self->time), clock);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_set_visible (self->clear, self->value != INB_TIME_NONE);
}

static void
inb_time_picker_finalize (GObject *object)
{
  g_clear_pointer (&INB_TIME_PICKER (object)->zone, g_time_zone_unref);

  G_OBJECT_CLASS (inb_time_picker_parent_class)->finalize (object);
}

static void
inb_time_picker_class_init (InbTimePickerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_time_picker_finalize;

  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_INT64);
}

static GtkWidget *
make_preset (InbTimePicker *self,
             InbTimePreset  preset)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (inb_time_preset_get_name (preset));

  self->buttons[preset] = button;
  self->times[preset] = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->times[preset]), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->times[preset]), "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->times[preset]));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "preset");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, inb_time_preset_get_name (preset), -1);
  g_object_set_data (G_OBJECT (button), "preset", GUINT_TO_POINTER (preset));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_preset), self, G_CONNECT_SWAPPED);

  return button;
}

static void
append_own (InbTimePicker *self,
            GtkBox        *box)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *apply = gtk_button_new_with_label (_("Set"));

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  self->time = GTK_ENTRY (gtk_entry_new ());
  self->problem = GTK_LABEL (gtk_label_new (_("Write the time as 17:30.")));
  gtk_entry_set_input_purpose (self->time, GTK_INPUT_PURPOSE_DIGITS);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->time), 6);
  gtk_widget_set_hexpand (GTK_WIDGET (self->time), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->time), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Time"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->time));
  gtk_box_append (GTK_BOX (line), apply);
  gtk_box_append (box, GTK_WIDGET (self->calendar));
  gtk_box_append (box, line);
  gtk_box_append (box, GTK_WIDGET (self->problem));
  g_signal_connect_object (self->time, "activate", G_CALLBACK (on_apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (apply, "clicked", G_CALLBACK (on_apply), self, G_CONNECT_SWAPPED);
}

static void
inb_time_picker_init (InbTimePicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->zone = g_time_zone_new_local ();
  self->value = INB_TIME_NONE;
  self->has_presets = TRUE;
  for (guint i = 0; i < INB_N_TIME_PRESETS; i++)
    gtk_box_append (GTK_BOX (box), make_preset (self, i));
  append_own (self, GTK_BOX (box));
  self->clear = gtk_button_new_with_label (_("Remove"));
  gtk_widget_add_css_class (self->clear, "flat");
  gtk_box_append (GTK_BOX (box), self->clear);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (on_clear), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "show", G_CALLBACK (on_show), NULL);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_time_picker_new:
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_time_picker_new (void)
{
  return g_object_new (INB_TYPE_TIME_PICKER, NULL);
}

void
inb_time_picker_set_zone (InbTimePicker *self,
                          GTimeZone     *zone)
{
  g_return_if_fail (INB_IS_TIME_PICKER (self) && zone != NULL);

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
}

void
inb_time_picker_set_has_presets (InbTimePicker *self,
                                 gboolean       has_presets)
{
  g_return_if_fail (INB_IS_TIME_PICKER (self));

  self->has_presets = has_presets;
}

/**
 * inb_time_picker_set_time:
 * @microseconds: what is set now
 */
void
inb_time_picker_set_time (InbTimePicker *self,
                          gint64         microseconds)
{
  g_return_if_fail (INB_IS_TIME_PICKER (self));

  self->value = microseconds;
}
