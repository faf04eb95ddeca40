#define G_LOG_DOMAIN "inb-app"

#include "inb-detail-header.h"

#include "inb-accessible.h"
#include "inb-choice-picker.h"
#include "inb-format.h"
#include "inb-row-edit.h"
#include "inb-shape-label.h"
#include "inb-stage-change.h"
#include "inb-stage-chip.h"
#include "inb-temperature.h"
#include "inb-time-picker.h"
#include "inb-time.h"
#include "inb-wrap-layout.h"

#include <glib/gi18n.h>

#define MAX_SCORE 100
#define SCORE_STEP 5

struct _InbDetailHeader {
  AdwBin           parent_instance;

  /* Owned */
  InbSession      *session;
  InbRow          *lead;

  /* Borrowed: children */
  GtkMenuButton   *stage;
  GtkMenuButton   *owner;
  GtkMenuButton   *follow_up;
  GtkMenuButton   *temperature;
  GtkMenuButton   *score;
  InbStageChip    *chip;
  GtkLabel        *owner_name;
  GtkLabel        *follow_up_time;
  InbShapeLabel   *heat;
  InbShapeLabel   *score_text;
  GtkSpinButton   *spin;
  InbChoicePicker *stages;
  InbChoicePicker *owners;
  InbChoicePicker *heats;
  InbTimePicker   *times;
};

G_DEFINE_FINAL_TYPE (InbDetailHeader, inb_detail_header, ADW_TYPE_BIN)

/* --- doing -------------------------------------------------------------------------------------------------------------- */

static void
set_value (InbDetailHeader *self,
           guint            column,
           const char      *value,
           const char      *label)
{
  const char *base = inb_row_get (self->lead, column);
  g_autoptr (InbEdit) edit = NULL;

  if (g_strcmp0 (base, value) == 0)
    return;
  edit = inb_row_edit_new_update (INB_KIND_LEAD, inb_row_get_key (self->lead), column, base, value, label);
  inb_edits_do (inb_session_get_edits (self->session), edit);
}

static void
change_stage (const char *stage,
              int         column,
              const char *value,
              gpointer    data)
{
  InbDetailHeader *self = data;
  g_autofree char *name = inb_stage_chip_get_name (inb_session_get_stages (self->session), stage);
  /* Translators: what undo takes back: "Stage: Won" */
  g_autofree char *label = g_strdup_printf (_("Stage: %s"), name);
  g_autoptr (InbEdit) edit = inb_edit_new (label);
  g_autoptr (InbMutation) mutation = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_LEAD, inb_row_get_key (self->lead),
                                                       inb_time_now ());

  inb_mutation_add_change (mutation, INB_LEAD_STAGE, inb_row_get (self->lead, INB_LEAD_STAGE), stage);
  if (column >= 0)
    inb_mutation_add_change (mutation, (guint) column, inb_row_get (self->lead, (guint) column), value);
  inb_edit_add (edit, mutation);
  inb_edits_do (inb_session_get_edits (self->session), edit);
}

static void
on_stage_picked (InbDetailHeader *self,
                 const char      *stage)
{
  if (g_strcmp0 (inb_row_get (self->lead, INB_LEAD_STAGE), stage) != 0)
    inb_stage_change_start (GTK_WIDGET (self), self->session, self->lead, stage, change_stage, self);
}

static void
on_owner_picked (InbDetailHeader *self,
                 const char      *user_id)
{
  const char *name = inb_directory_get_member_name (inb_session_get_directory (self->session), user_id);
  g_autofree char *label = g_strdup_printf (_("Owner: %s"), name != NULL ? name : _("Nobody"));

  set_value (self, INB_LEAD_ASSIGNED_TO, user_id, label);
}

static void
on_time_picked (InbDetailHeader *self,
                gint64           time)
{
  g_autofree char *value = time != INB_TIME_NONE ? inb_time_format (time) : NULL;
  g_autofree char *when = time != INB_TIME_NONE ? inb_format_relative (time, inb_time_now (),
                                                                       inb_clock_get_timezone (inb_session_get_clock (self->session)))
                          : NULL;
  g_autofree char *label = when != NULL ? g_strdup_printf (_("Follow-up: %s"), when) : g_strdup (_("Follow-up removed"));

  set_value (self, INB_LEAD_NEXT_FOLLOW_UP_AT, value, label);
}

static void
on_heat_picked (InbDetailHeader *self,
                const char      *temperature)
{
  g_autofree char *name = inb_temperature_dup_name (temperature);
  g_autofree char *label = g_strdup_printf (_("Temperature: %s"), name != NULL ? name : _("None"));

  set_value (self, INB_LEAD_TEMPERATURE, temperature, label);
}

static void
on_score_set (InbDetailHeader *self)
{
  int score;
  g_autofree char *value = NULL;
  g_autofree char *label = NULL;

  gtk_spin_button_update (self->spin);
  score = gtk_spin_button_get_value_as_int (self->spin);
  value = g_strdup_printf ("%d", score);
  label = g_strdup_printf (_("Score: %d"), score);
  gtk_menu_button_popdown (self->score);
  set_value (self, INB_LEAD_LEAD_SCORE, value, label);
}

/* --- showing ------------------------------------------------------------------------------------------------------------ */

static void
on_stages_open (InbDetailHeader *self)
{
  inb_choice_picker_list_stages (self->stages, self->session);
  inb_choice_picker_set_value (self->stages, inb_row_get (self->lead, INB_LEAD_STAGE));
}

static void
on_owners_open (InbDetailHeader *self)
{
  inb_choice_picker_list_members (self->owners, self->session);
  inb_choice_picker_set_value (self->owners, inb_row_get (self->lead, INB_LEAD_ASSIGNED_TO));
}

static void
on_times_open (InbDetailHeader *self)
{
  inb_time_picker_set_zone (self->times, inb_clock_get_timezone (inb_session_get_clock (self->session)));
  inb_time_picker_set_time (self->times, inb_row_get_time (self->lead, INB_LEAD_NEXT_FOLLOW_UP_AT));
}

/* What stands on a button is not all that is said of it. */
static void
name_button (GtkMenuButton *button,
             const char    *what,
             const char    *value,
             gboolean       may,
             const char    *reason)
{
  g_autofree char *name = g_strdup_printf (_("%s: %s"), what, value);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_sensitive (GTK_WIDGET (button), may);
  inb_accessible_set_reason (GTK_WIDGET (button), reason);
  if (may)
    gtk_widget_set_tooltip_text (GTK_WIDGET (button), name);
}

static void
show_stage (InbDetailHeader *self,
            gboolean         may,
            const char      *reason)
{
  const char *stage = inb_row_get (self->lead, INB_LEAD_STAGE);
  g_autofree char *name = stage != NULL ? inb_stage_chip_get_name (inb_session_get_stages (self->session), stage) : g_strdup ("–");

  inb_stage_chip_set_stage (self->chip, inb_session_get_stages (self->session), stage);
  name_button (self->stage, _("Stage"), name, may, reason);
}

static void
show_owner (InbDetailHeader *self,
            gboolean         may,
            const char      *reason)
{
  const char *name = inb_directory_get_member_name (inb_session_get_directory (self->session),
                                                    inb_row_get (self->lead, INB_LEAD_ASSIGNED_TO));

  gtk_label_set_text (self->owner_name, name != NULL ? name : _("No owner"));
  name_button (self->owner, _("Owner"), name != NULL ? name : _("Nobody"), may, reason);
}

static void
show_follow_up (InbDetailHeader *self,
                gboolean         may,
                const char      *reason)
{
  GTimeZone *zone = inb_clock_get_timezone (inb_session_get_clock (self->session));
  gint64 time = inb_row_get_time (self->lead, INB_LEAD_NEXT_FOLLOW_UP_AT);
  gint64 now = inb_time_now ();
  g_autofree char *text = time != INB_TIME_NONE ? inb_format_relative (time, now, zone) : g_strdup (_("Follow-up"));

  gtk_label_set_text (self->follow_up_time, text);
  if (time != INB_TIME_NONE && time < now)
    gtk_widget_add_css_class (GTK_WIDGET (self->follow_up_time), "overdue");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->follow_up_time), "overdue");
  name_button (self->follow_up, _("Follow-up"), time != INB_TIME_NONE ? text : _("None"), may, reason);
}

static void
show_heat (InbDetailHeader *self,
           gboolean         may,
           const char      *reason)
{
  const char *temperature = inb_row_get (self->lead, INB_LEAD_TEMPERATURE);
  InbHeat heat = inb_temperature_get_heat (temperature);
  g_autofree char *name = inb_temperature_dup_name (temperature);
  gint64 score = inb_row_get_integer (self->lead, INB_LEAD_LEAD_SCORE, -1);
  InbHeat rating = inb_temperature_rate_score (score);
  g_autofree char *rated = score >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, score) : g_strdup (_("Score"));

  inb_shape_label_set (self->heat, name != NULL ? name : _("Temperature"), inb_temperature_get_shape (heat),
                       inb_temperature_get_css_class (heat));
  name_button (self->temperature, _("Temperature"), name != NULL ? name : _("None"), may, reason);
  inb_shape_label_set (self->score_text, rated, inb_temperature_get_shape (rating), inb_temperature_get_css_class (rating));
  gtk_spin_button_set_value (self->spin, MAX (score, 0));
  name_button (self->score, _("Score"), score >= 0 ? rated : _("None"), may, reason);
}

static void
update (InbDetailHeader *self)
{
  const char *reason;
  gboolean may = inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, &reason);

  if (self->lead == NULL)
    return;

  show_stage (self, may, reason);
  show_owner (self, may, reason);
  show_follow_up (self, may, reason);
  show_heat (self, may, reason);
}

static void
inb_detail_header_finalize (GObject *object)
{
  InbDetailHeader *self = INB_DETAIL_HEADER (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->lead, inb_row_unref);

  G_OBJECT_CLASS (inb_detail_header_parent_class)->finalize (object);
}

static void
inb_detail_header_class_init (InbDetailHeaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_detail_header_finalize;
}

static GtkMenuButton *
append_menu (InbDetailHeader *self,
             GtkWidget       *box,
             GtkWidget       *face,
             GtkWidget       *popover)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), face);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_add_css_class (button, "detail-menu");
  gtk_box_append (GTK_BOX (box), button);

  return GTK_MENU_BUTTON (button);
}

static GtkWidget *
make_score_popover (InbDetailHeader *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *apply = gtk_button_new_with_label (_("Set"));

  self->spin = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, MAX_SCORE, SCORE_STEP));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Score"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->spin));
  gtk_box_append (GTK_BOX (box), apply);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  /* GtkSpinButton has no "activate" before GTK 4.14. */
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->spin)), "activate", G_CALLBACK (on_score_set),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (apply, "clicked", G_CALLBACK (on_score_set), self, G_CONNECT_SWAPPED);

  return popover;
}

static GtkLabel *
make_face (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);

  return GTK_LABEL (label);
}

static void
inb_detail_header_init (InbDetailHeader *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_layout_manager (box, inb_wrap_layout_new (6));
  self->chip = INB_STAGE_CHIP (inb_stage_chip_new (FALSE));
  self->owner_name = make_face ();
  self->follow_up_time = make_face ();
  self->heat = INB_SHAPE_LABEL (inb_shape_label_new (0));
  self->score_text = INB_SHAPE_LABEL (inb_shape_label_new (0));
  self->stages = INB_CHOICE_PICKER (inb_choice_picker_new (_("Stage")));
  self->owners = INB_CHOICE_PICKER (inb_choice_picker_new (_("Owner")));
  self->heats = INB_CHOICE_PICKER (inb_choice_picker_new (_("Temperature")));
  self->times = INB_TIME_PICKER (inb_time_picker_new ());
  self->stage = append_menu (self, box, GTK_WIDGET (self->chip), GTK_WIDGET (self->stages));
  self->owner = append_menu (self, box, GTK_WIDGET (self->owner_name), GTK_WIDGET (self->owners));
  self->follow_up = append_menu (self, box, GTK_WIDGET (self->follow_up_time), GTK_WIDGET (self->times));
  self->temperature = append_menu (self, box, GTK_WIDGET (self->heat), GTK_WIDGET (self->heats));
  self->score = append_menu (self, box, GTK_WIDGET (self->score_text), make_score_popover (self));
  inb_choice_picker_list_temperatures (self->heats);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->stages, "map", G_CALLBACK (on_stages_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->owners, "map", G_CALLBACK (on_owners_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->times, "map", G_CALLBACK (on_times_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stages, "picked", G_CALLBACK (on_stage_picked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->owners, "picked", G_CALLBACK (on_owner_picked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->times, "picked", G_CALLBACK (on_time_picked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->heats, "picked", G_CALLBACK (on_heat_picked), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_detail_header_new:
 * @session: whose leads are shown and edited
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_detail_header_new (InbSession *session)
{
  InbDetailHeader *self = g_object_new (INB_TYPE_DETAIL_HEADER, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (inb_session_get_edits (session), "notify::role", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_directory (session), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_clock (session), "tick", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
inb_detail_header_show (InbDetailHeader *self,
                        InbRow          *lead)
{
  g_return_if_fail (INB_IS_DETAIL_HEADER (self) && lead != NULL);

  inb_row_ref (lead);
  g_clear_pointer (&self->lead, inb_row_unref);
  self->lead = lead;
  inb_choice_picker_set_value (self->heats, inb_row_get (lead, INB_LEAD_TEMPERATURE));
  update (self);
}

void
inb_detail_header_open_stage (InbDetailHeader *self)
{
  g_return_if_fail (INB_IS_DETAIL_HEADER (self));

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->stage)))
    gtk_menu_button_popup (self->stage);
}

void
inb_detail_header_open_owner (InbDetailHeader *self)
{
  g_return_if_fail (INB_IS_DETAIL_HEADER (self));

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->owner)))
    gtk_menu_button_popup (self->owner);
}
