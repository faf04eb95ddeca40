#define G_LOG_DOMAIN "inb-app"

#include "inb-composer.h"

#include "inb-accessible.h"
#include "inb-time-picker.h"
#include "inb-time.h"
#include "inb-uuid.h"
#include "inb-wrap-layout.h"

#include <glib/gi18n.h>

#define TEXT_HEIGHT 72 /* pixels */
#define MAX_MINUTES (24 * 60)

typedef enum {
  HAS_CALL = 1 << 0,      /* direction, duration, outcome */
  HAS_SUBJECT = 1 << 1,
  HAS_DIRECTION = 1 << 2,
  HAS_TIME = 1 << 3,      /* and a place */
} Parts;

static const struct {
  const char *type;
  const char *name;
  Parts       parts;
} kinds[] = {
  { INB_COMPOSER_NOTE, N_("Note"), 0 },
  { INB_COMPOSER_CALL, N_("Call"), HAS_CALL | HAS_DIRECTION },
  { "email", N_("Mail"), HAS_SUBJECT | HAS_DIRECTION },
  { "sms", N_("SMS"), HAS_DIRECTION },
  { "meeting", N_("Meeting"), HAS_TIME },
  { "appointment_scheduled", N_("Appointment"), HAS_TIME },
};

static const char *const directions[] = { "outbound", "inbound" };
static const char *const outcomes[] = { NULL, "reached", "no_answer", "voicemail", "busy", "wrong_number", "call_back" };

struct _InbComposer {
  AdwBin           parent_instance;

  /* Owned */
  InbSession      *session;
  char            *lead_id;
  char            *contact_id;
  GHashTable      *drafts;      /* lead or contact id → text */

  /* Borrowed: children */
  GtkToggleButton *buttons[G_N_ELEMENTS (kinds)];
  GtkRevealer     *revealer;
  GtkTextView     *text;
  GtkDropDown     *direction;
  GtkWidget       *call;
  GtkSpinButton   *minutes;
  GtkDropDown     *outcome;
  GtkEntry        *subject;
  GtkWidget       *when;
  GtkEntry        *day;
  GtkEntry        *time;
  GtkEntry        *place;
  GtkLabel        *problem;
  GtkWidget       *save;
  GtkWidget       *cancel;
  GtkEventController *keys;

  guint            kind;
  gboolean         updating;
  gboolean         is_saving;
  gboolean         may;
};

G_DEFINE_FINAL_TYPE (InbComposer, inb_composer, ADW_TYPE_BIN)

static char *
dup_text (InbComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start;
  GtkTextIter end;
  char *text;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);

  return g_strstrip (text);
}

static void
complain (InbComposer *self,
          const char  *problem)
{
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

/* Where the right was taken away meanwhile, what was written can still be copied. */
static void
update_right (InbComposer *self)
{
  const char *reason;
  gboolean may = inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, &reason);
  gboolean is_open = gtk_revealer_get_reveal_child (self->revealer);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->buttons[i]), may);
      inb_accessible_set_reason (GTK_WIDGET (self->buttons[i]), reason);
    }
  gtk_widget_set_sensitive (self->save, may && !self->is_saving);
  if (may == self->may)
    return;

  self->may = may;
  if (!may && is_open)
    text = g_strdup_printf (_("You cannot save this any more. %s. What you typed can still be copied."), reason);
  complain (self, text);
}

static void
clear (InbComposer *self)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), "", 0);
  gtk_editable_set_text (GTK_EDITABLE (self->subject), "");
  gtk_editable_set_text (GTK_EDITABLE (self->place), "");
  gtk_spin_button_set_value (self->minutes, 0);
  gtk_drop_down_set_selected (self->outcome, 0);
  complain (self, NULL);
}

static void
show_form (InbComposer *self,
           gboolean     shown)
{
  self->updating = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_toggle_button_set_active (self->buttons[i], shown && i == self->kind);
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->direction), kinds[self->kind].parts & HAS_DIRECTION);
  gtk_widget_set_visible (self->call, kinds[self->kind].parts & HAS_CALL);
  gtk_widget_set_visible (GTK_WIDGET (self->subject), kinds[self->kind].parts & HAS_SUBJECT);
  gtk_widget_set_visible (self->when, kinds[self->kind].parts & HAS_TIME);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, _(kinds[self->kind].name), -1);
  gtk_revealer_set_reveal_child (self->revealer, shown);
}

/* --- saving ------------------------------------------------------------------------------------------------------------- */

static void
set_direction (InbComposer *self,
               InbMutation *mutation)
{
  if (kinds[self->kind].parts & HAS_DIRECTION)
    inb_mutation_add_change (mutation, INB_ACTIVITY_DIRECTION, NULL, directions[gtk_drop_down_get_selected (self->direction)]);
}

static void
set_call (InbComposer *self,
          InbMutation *mutation)
{
  int minutes = gtk_spin_button_get_value_as_int (self->minutes);
  const char *outcome = outcomes[gtk_drop_down_get_selected (self->outcome)];
  g_autofree char *seconds = g_strdup_printf ("%d", minutes * 60);

  if ((kinds[self->kind].parts & HAS_CALL) == 0)
    return;
  if (minutes > 0)
    inb_mutation_add_change (mutation, INB_ACTIVITY_DURATION_SECONDS, NULL, seconds);
  if (outcome != NULL)
    inb_mutation_add_change (mutation, INB_ACTIVITY_OUTCOME, NULL, outcome);
}

static void
set_line (InbMutation *mutation,
          guint        column,
          GtkEntry    *entry,
          gboolean     is_asked)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (is_asked && *text != '\0')
    inb_mutation_add_change (mutation, column, NULL, text);
}

/* FALSE when the time cannot be read. */
static gboolean
set_time (InbComposer *self,
          InbMutation *mutation)
{
  GTimeZone *zone = inb_clock_get_timezone (inb_session_get_clock (self->session));
  gboolean is_meeting = g_str_equal (kinds[self->kind].type, "meeting");
  g_autofree char *value = NULL;
  gint64 time;

  if ((kinds[self->kind].parts & HAS_TIME) == 0)
    return TRUE;
  if (!inb_time_picker_parse (gtk_editable_get_text (GTK_EDITABLE (self->day)),
                              gtk_editable_get_text (GTK_EDITABLE (self->time)), zone, &time))
    return FALSE;

  value = inb_time_format (time);
  inb_mutation_add_change (mutation, is_meeting ? INB_ACTIVITY_STARTS_AT : INB_ACTIVITY_DUE_AT, NULL, value);

  return TRUE;
}

/* (transfer full) (nullable) */
static InbMutation *
make_mutation (InbComposer *self)
{
  g_autofree char *id = inb_uuid_new_v7 ();
  g_autofree char *text = dup_text (self);
  g_autoptr (InbMutation) mutation = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_ACTIVITY, id, inb_time_now ());
  Parts parts = kinds[self->kind].parts;

  if (*text == '\0' && parts == 0)
    {
      complain (self, _("Write something first."));
      return NULL;
    }
  inb_mutation_add_change (mutation, INB_ACTIVITY_ACTIVITY_TYPE, NULL, kinds[self->kind].type);
  if (self->lead_id != NULL)
    inb_mutation_add_change (mutation, INB_ACTIVITY_LEAD_ID, NULL, self->lead_id);
  if (self->contact_id != NULL)
    inb_mutation_add_change (mutation, INB_ACTIVITY_CONTACT_ID, NULL, self->contact_id);
  if (*text != '\0')
    inb_mutation_add_change (mutation, INB_ACTIVITY_DESCRIPTION, NULL, text);
  set_direction (self, mutation);
  set_call (self, mutation);
  set_line (mutation, INB_ACTIVITY_SUBJECT, self->subject, parts & HAS_SUBJECT);
  set_line (mutation, INB_ACTIVITY_LOCATION, self->place, parts & HAS_TIME);
  if (set_time (self, mutation))
    return g_steal_pointer (&mutation);

  complain (self, _("Write the day as 2026-11-22 and the time as 17:30."));

  return NULL;
}

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (InbComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *group = inb_edits_do_finish (INB_EDITS (source), result, &error);
  g_autofree char *message = NULL;

  self->is_saving = FALSE;
  update_right (self);
  if (group == NULL)
    {
      message = inb_edits_describe_error (INB_EDITS (source), error);
      complain (self, message);
      return;
    }

  clear (self);
  show_form (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->buttons[self->kind]));
}

static void
save (InbComposer *self)
{
  g_autoptr (InbMutation) mutation = NULL;
  g_autoptr (InbEdit) edit = NULL;
  g_autofree char *label = NULL;

  if (!gtk_widget_get_sensitive (self->save))
    return;
  complain (self, NULL);
  mutation = make_mutation (self);
  if (mutation == NULL)
    return;

  /* Translators: what undo takes back: "Added: Note" */
  label = g_strdup_printf (_("Added: %s"), _(kinds[self->kind].name));
  edit = inb_edit_new (label);
  inb_edit_add (edit, mutation);
  self->is_saving = TRUE;
  update_right (self);
  inb_edits_do_async (inb_session_get_edits (self->session), edit, FALSE, on_kept, g_object_ref (self));
}

static void
cancel (InbComposer *self)
{
  clear (self);
  show_form (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->buttons[self->kind]));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  cancel (INB_COMPOSER (widget));
}

static gboolean
on_key_pressed (InbComposer     *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || (state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;

  save (self);

  return GDK_EVENT_STOP;
}

static void
on_toggled (InbComposer     *self,
            GtkToggleButton *button)
{
  if (self->updating)
    return;

  if (gtk_toggle_button_get_active (button))
    inb_composer_open (self, g_object_get_data (G_OBJECT (button), "type"));
  else
    show_form (self, FALSE);
}

static void
inb_composer_finalize (GObject *object)
{
  InbComposer *self = INB_COMPOSER (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_free (self->lead_id);
  g_free (self->contact_id);

  G_OBJECT_CLASS (inb_composer_parent_class)->finalize (object);
}

static void
inb_composer_class_init (InbComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_composer_finalize;

  gtk_widget_class_install_action (widget_class, "edit.cancel", NULL, cancel_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, InbComposer, revealer);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, text);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, direction);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, call);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, minutes);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, outcome);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, subject);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, when);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, day);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, time);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, place);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, problem);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, save);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, cancel);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, keys);
}

static void
inb_composer_init (InbComposer *self)
{
  GtkWidget *box;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  box = gtk_widget_get_first_child (adw_bin_get_child (ADW_BIN (self)));
  gtk_widget_set_layout_manager (box, inb_wrap_layout_new (4));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_(kinds[i].name));

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      g_object_set_data (G_OBJECT (button), "type", (gpointer) kinds[i].type);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), button);
    }
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cancel, "clicked", G_CALLBACK (cancel), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  gtk_spin_button_set_range (self->minutes, 0, MAX_MINUTES);
  inb_accessible_name_drop_down (self->direction, _("Direction"));
  inb_accessible_name_drop_down (self->outcome, _("Outcome"));
  inb_accessible_follow_revealer (self->revealer);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_composer_new:
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_composer_new (InbSession *session)
{
  InbComposer *self = g_object_new (INB_TYPE_COMPOSER, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (inb_session_get_edits (session), "notify::role", G_CALLBACK (update_right), self, G_CONNECT_SWAPPED);
  update_right (self);

  return GTK_WIDGET (self);
}

static const char *
get_key (InbComposer *self)
{
  return self->lead_id != NULL ? self->lead_id : self->contact_id;
}

void
inb_composer_set_lead (InbComposer *self,
                       const char  *lead_id,
                       const char  *contact_id)
{
  g_autofree char *draft = NULL;
  const char *kept;

  g_return_if_fail (INB_IS_COMPOSER (self));

  if (g_strcmp0 (self->lead_id, lead_id) == 0 && g_strcmp0 (self->contact_id, contact_id) == 0)
    return;

  draft = dup_text (self);
  if (get_key (self) != NULL && *draft != '\0')
    g_hash_table_replace (self->drafts, g_strdup (get_key (self)), g_steal_pointer (&draft));
  else if (get_key (self) != NULL)
    g_hash_table_remove (self->drafts, get_key (self));
  clear (self);
  g_free (self->lead_id);
  self->lead_id = g_strdup (lead_id);
  g_free (self->contact_id);
  self->contact_id = g_strdup (contact_id);
  kept = get_key (self) != NULL ? g_hash_table_lookup (self->drafts, get_key (self)) : NULL;
  if (kept != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), kept, -1);
  show_form (self, kept != NULL);
}

static void
propose_time (InbComposer *self)
{
  GTimeZone *zone = inb_clock_get_timezone (inb_session_get_clock (self->session));
  gint64 proposed = inb_time_preset_resolve (INB_TIME_PRESET_TOMORROW, inb_time_now (), zone);
  g_autofree char *day = inb_time_get_day (proposed, zone);

  gtk_editable_set_text (GTK_EDITABLE (self->day), day);
  gtk_editable_set_text (GTK_EDITABLE (self->time), "09:00");
}

void
inb_composer_open (InbComposer *self,
                   const char  *type)
{
  g_return_if_fail (INB_IS_COMPOSER (self) && type != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type))
      self->kind = i;
  propose_time (self);
  complain (self, NULL);
  show_form (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}
