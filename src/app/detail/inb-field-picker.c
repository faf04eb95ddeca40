#define G_LOG_DOMAIN "inb-app"

#include "inb-field-picker.h"

#include "inb-choice-picker.h"
#include "inb-time-picker.h"
#include "inb-time.h"

#include <glib/gi18n.h>

typedef struct {
  /* Borrowed */
  InbFieldPicked  picked;
  gpointer        owner;
} Target;

static void
target_free (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

static void
on_picked (GtkPopover *popover,
           const char *value,
           gpointer    user_data)
{
  const Target *target = user_data;

  target->picked (target->owner, value);
}

static void
on_time_picked (GtkPopover *popover,
                gint64      time,
                gpointer    user_data)
{
  const Target *target = user_data;
  g_autofree char *value = time != INB_TIME_NONE ? inb_time_format (time) : NULL;

  target->picked (target->owner, value);
}

static gboolean
is_time (const InbField *field)
{
  return inb_kind_get_columns (field->kind, NULL)[field->column].type == INB_TYPE_TIME;
}

static void
list_words (InbChoicePicker *picker,
            const InbField  *field,
            InbSession      *session)
{
  InbFieldContext context = inb_field_context_get (session, NULL);

  for (const char *const *word = inb_field_text_get_choices (field->kind, field->column); *word != NULL; word++)
    {
      g_autofree char *name = inb_field_text_describe (field->kind, field->column, *word, &context);

      /* "No" of a field that only says yes. */
      inb_choice_picker_add (picker, *word, name != NULL ? name : _("No"), NULL);
    }
  inb_choice_picker_add (picker, NULL, _("None"), NULL);
}

static GtkWidget *
make_choices (const InbField *field,
              InbSession     *session,
              const char     *value)
{
  GtkWidget *popover = inb_choice_picker_new (_(field->label));
  InbChoicePicker *picker = INB_CHOICE_PICKER (popover);

  if (field->look == INB_FIELD_LOOK_MEMBER)
    inb_choice_picker_list_members (picker, session);
  else if (field->look == INB_FIELD_LOOK_TEAM)
    inb_choice_picker_list_teams (picker, session);
  else if (field->look == INB_FIELD_LOOK_TEMPERATURE)
    inb_choice_picker_list_temperatures (picker);
  else
    list_words (picker, field, session);
  inb_choice_picker_set_value (picker, value);

  return popover;
}

static GtkWidget *
make_times (const InbField *field,
            InbSession     *session,
            const char     *value)
{
  GtkWidget *popover = inb_time_picker_new ();
  InbTimePicker *picker = INB_TIME_PICKER (popover);
  gint64 time;

  inb_time_picker_set_zone (picker, inb_clock_get_timezone (inb_session_get_clock (session)));
  inb_time_picker_set_has_presets (picker, field->look == INB_FIELD_LOOK_DUE);
  inb_time_picker_set_time (picker, value != NULL && inb_time_parse (value, &time) ? time : INB_TIME_NONE);

  return popover;
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

gboolean
inb_field_picker_has (const InbField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return is_time (field) || field->look == INB_FIELD_LOOK_MEMBER || field->look == INB_FIELD_LOOK_TEAM ||
         inb_field_text_get_choices (field->kind, field->column) != NULL;
}

/**
 * inb_field_picker_new:
 *
 * Returns: (transfer none): a floating popover
 */
GtkWidget *
inb_field_picker_new (const InbField *field,
                      InbSession     *session,
                      const char     *value,
                      InbFieldPicked  picked,
                      gpointer        owner)
{
  GtkWidget *popover = is_time (field) ? make_times (field, session, value) : make_choices (field, session, value);
  Target *target = g_new0 (Target, 1);

  target->picked = picked;
  target->owner = owner;
  g_signal_connect_data (popover, "picked", is_time (field) ? G_CALLBACK (on_time_picked) : G_CALLBACK (on_picked), target,
                         target_free, 0);

  return popover;
}
