#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-picker.h"

#include "inb-choice-picker.h"
#include "inb-names.h"
#include "inb-stage-change.h"
#include "inb-tag-picker.h"
#include "inb-time-picker.h"
#include "inb-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* Values of the list that has people and teams. */
#define MEMBER_PREFIX "member:"
#define TEAM_PREFIX "team:"

typedef struct {
  /* Owned */
  InbSession   *session;
  GArray       *rowids;
  GCancellable *cancellable;

  /* Borrowed */
  GtkWidget    *widget;       /* that a question is asked over, while it is; it owns this */
} Target;

#define QUESTION_KEY "inb-stage-change"

static const char *const keys[INB_N_LEAD_PICKS] = {
  [INB_LEAD_PICK_STAGE] = "stage",
  [INB_LEAD_PICK_OWNER] = "owner",
  [INB_LEAD_PICK_TEMPERATURE] = "temperature",
  [INB_LEAD_PICK_TAG] = "tag",
  [INB_LEAD_PICK_FOLLOW_UP] = "follow-up",
};

const char *
inb_lead_pick_get_key (InbLeadPick pick)
{
  g_return_val_if_fail (pick < INB_N_LEAD_PICKS, NULL);

  return keys[pick];
}

gboolean
inb_lead_pick_from_key (const char  *key,
                        InbLeadPick *pick)
{
  guint found;

  if (!inb_names_find (keys, INB_N_LEAD_PICKS, key, &found))
    return FALSE;

  *pick = found;

  return TRUE;
}

static void
target_free_data (Target *target)
{
  g_cancellable_cancel (target->cancellable);
  g_object_unref (target->cancellable);
  g_object_unref (target->session);
  g_array_unref (target->rowids);
  g_free (target);
}

static void
target_free (gpointer  data,
             GClosure *closure)
{
  target_free_data (data);
}

static Target *
target_new (InbSession *session,
            GArray     *rowids)
{
  Target *target = g_new0 (Target, 1);

  target->session = g_object_ref (session);
  target->rowids = g_array_ref (rowids);
  target->cancellable = g_cancellable_new ();

  return target;
}

static void
change (Target        *target,
        InbLeadChange  kind,
        const char    *value)
{
  g_autoptr (InbEdit) edit = inb_lead_change_new_edit (kind, target->rowids, value);

  inb_edits_do (inb_session_get_edits (target->session), edit);
}

/* --- stage and temperature ---------------------------------------------------------------------------------------------- */

static void
on_stage_agreed (const char *stage,
                 int         column,
                 const char *value,
                 gpointer    data)
{
  Target *target = data;
  g_autoptr (InbEdit) edit = inb_lead_change_new_edit (INB_LEAD_CHANGE_STAGE, target->rowids, stage);

  if (column >= 0)
    inb_edit_set_value (edit, (guint) column, value);
  inb_edits_do (inb_session_get_edits (target->session), edit);
  g_object_set_data (G_OBJECT (target->widget), QUESTION_KEY, NULL);
}

/* A stage may ask for a reason or a value first: the question outlives the popover. */
static void
on_stage_picked (GtkWidget  *popover,
                 const char *value,
                 gpointer    data)
{
  const Target *picked = data;
  GtkWidget *widget = gtk_widget_get_parent (popover);
  Target *target = target_new (picked->session, picked->rowids);

  target->widget = widget;
  g_object_set_data_full (G_OBJECT (widget), QUESTION_KEY, target, (GDestroyNotify) target_free_data);
  inb_stage_change_start (widget, picked->session, NULL, value, on_stage_agreed, target);
}

static void
on_temperature_picked (GtkWidget  *popover,
                       const char *value,
                       gpointer    data)
{
  change (data, INB_LEAD_CHANGE_TEMPERATURE, value);
}

static GtkWidget *
make_stages (Target               *target,
             const InbLeadSummary *lead)
{
  GtkWidget *popover = inb_choice_picker_new (_("Stage"));

  inb_choice_picker_list_stages (INB_CHOICE_PICKER (popover), target->session);
  if (lead != NULL)
    inb_choice_picker_set_value (INB_CHOICE_PICKER (popover), lead->stage);
  g_signal_connect_data (popover, "picked", G_CALLBACK (on_stage_picked), target, target_free, 0);

  return popover;
}

static GtkWidget *
make_temperatures (Target               *target,
                   const InbLeadSummary *lead)
{
  GtkWidget *popover = inb_choice_picker_new (_("Temperature"));

  inb_choice_picker_list_temperatures (INB_CHOICE_PICKER (popover));
  /* Several leads have none in common that could be marked. */
  inb_choice_picker_set_value (INB_CHOICE_PICKER (popover), lead != NULL ? lead->temperature : "");
  g_signal_connect_data (popover, "picked", G_CALLBACK (on_temperature_picked), target, target_free, 0);

  return popover;
}

/* --- owner and team ----------------------------------------------------------------------------------------------------- */

static void
on_owner_picked (GtkWidget  *popover,
                 const char *value,
                 gpointer    data)
{
  if (value != NULL && g_str_has_prefix (value, TEAM_PREFIX))
    change (data, INB_LEAD_CHANGE_TEAM, value + strlen (TEAM_PREFIX));
  else
    change (data, INB_LEAD_CHANGE_OWNER, value != NULL ? value + strlen (MEMBER_PREFIX) : NULL);
}

static void
add_people (InbChoicePicker *picker,
            GPtrArray       *rows,
            GHashTable      *names,
            const char      *prefix,
            const char      *but)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const char *id = inb_row_get_key (g_ptr_array_index (rows, i));
      const char *name = g_hash_table_lookup (names, id);
      g_autofree char *value = g_strconcat (prefix, id, NULL);

      if (name != NULL && g_strcmp0 (id, but) != 0)
        inb_choice_picker_add (picker, value, name, NULL);
    }
}

static GtkWidget *
make_owners (Target               *target,
             const InbLeadSummary *lead)
{
  GtkWidget *popover = inb_choice_picker_new (_("Assign To"));
  InbChoicePicker *picker = INB_CHOICE_PICKER (popover);
  InbDirectory *directory = inb_session_get_directory (target->session);
  const char *me = inb_replica_get_actor_id (inb_session_get_replica (target->session));
  g_autofree char *value = lead != NULL && lead->owner != NULL ? g_strconcat (MEMBER_PREFIX, lead->owner, NULL) : NULL;

  if (me != NULL && *me != '\0')
    {
      g_autofree char *mine = g_strconcat (MEMBER_PREFIX, me, NULL);

      inb_choice_picker_add (picker, mine, _("Me"), NULL);
    }
  inb_choice_picker_add (picker, NULL, _("Nobody"), NULL);
  add_people (picker, inb_directory_get_members (directory), inb_directory_get_member_names (directory), MEMBER_PREFIX, me);
  inb_choice_picker_begin (picker, _("Teams"));
  add_people (picker, inb_directory_get_teams (directory), inb_directory_get_team_names (directory), TEAM_PREFIX, NULL);
  /* Several leads have no owner in common that could be marked: not even nobody. */
  inb_choice_picker_set_value (picker, lead != NULL ? value : "");
  g_signal_connect_data (popover, "picked", G_CALLBACK (on_owner_picked), target, target_free, 0);

  return popover;
}

/* --- follow-up ---------------------------------------------------------------------------------------------------------- */

static void
on_time_picked (GtkWidget *popover,
                gint64     time,
                gpointer   data)
{
  g_autofree char *value = time != INB_TIME_NONE ? inb_time_format (time) : NULL;

  change (data, INB_LEAD_CHANGE_FOLLOW_UP, value);
}

static GtkWidget *
make_times (Target               *target,
            const InbLeadSummary *lead)
{
  GtkWidget *popover = inb_time_picker_new ();

  inb_time_picker_set_zone (INB_TIME_PICKER (popover), inb_clock_get_timezone (inb_session_get_clock (target->session)));
  /* Of several leads some may have one: it can be taken away. */
  inb_time_picker_set_time (INB_TIME_PICKER (popover),
                            lead != NULL ? lead->next_follow_up_at
                                         : inb_time_preset_resolve (INB_TIME_PRESET_TOMORROW, inb_time_now (),
                                                                    inb_clock_get_timezone (inb_session_get_clock (target->session))));
  g_signal_connect_data (popover, "picked", G_CALLBACK (on_time_picked), target, target_free, 0);

  return popover;
}

/* --- tags --------------------------------------------------------------------------------------------------------------- */

static void
on_tag_picked (GtkWidget  *popover,
               const char *tag,
               gboolean    removed,
               gpointer    data)
{
  change (data, removed ? INB_LEAD_CHANGE_REMOVE_TAG : INB_LEAD_CHANGE_ADD_TAG, tag);
}

static void
on_tags_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GtkWidget) popover = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) tags = inb_replica_get_tags_finish (INB_REPLICA (source), result, &error);

  if (tags != NULL)
    inb_tag_picker_set_tags (INB_TAG_PICKER (popover), (const char *const *) tags);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("no known tags: %s", error->message);
}

static GtkWidget *
make_tags (Target *target)
{
  GtkWidget *popover = inb_tag_picker_new ();

  g_signal_connect_data (popover, "picked", G_CALLBACK (on_tag_picked), target, target_free, 0);
  inb_replica_get_tags_async (inb_session_get_replica (target->session), target->cancellable, on_tags_read, g_object_ref (popover));

  return popover;
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/* What was picked is told after the popover was closed: it must outlive that. */
static gboolean
on_unparent (gpointer user_data)
{
  gtk_widget_unparent (user_data);

  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_unparent, g_object_ref (popover), g_object_unref);
}

static GtkWidget *
make_popover (Target               *target,
              InbLeadPick           pick,
              const InbLeadSummary *lead)
{
  switch (pick)
    {
    case INB_LEAD_PICK_STAGE:
      return make_stages (target, lead);
    case INB_LEAD_PICK_OWNER:
      return make_owners (target, lead);
    case INB_LEAD_PICK_TEMPERATURE:
      return make_temperatures (target, lead);
    case INB_LEAD_PICK_TAG:
      return make_tags (target);
    case INB_LEAD_PICK_FOLLOW_UP:
    case INB_N_LEAD_PICKS:
    default:
      return make_times (target, lead);
    }
}

/**
 * inb_lead_picker_pop_up:
 * @rowids: (element-type gint64): not to be changed any more
 * @lead: (nullable): what it has is marked
 * @place: of @widget
 * @side: of @place that it opens at when there is room
 *
 * Returns: (transfer none): the popover
 */
GtkWidget *
inb_lead_picker_pop_up (GtkWidget            *widget,
                        InbSession           *session,
                        InbLeadPick           pick,
                        GArray               *rowids,
                        const InbLeadSummary *lead,
                        const GdkRectangle   *place,
                        GtkPositionType       side)
{
  GtkWidget *popover;

  g_return_val_if_fail (GTK_IS_WIDGET (widget) && INB_IS_SESSION (session) && rowids != NULL, NULL);

  popover = make_popover (target_new (session, rowids), pick, lead);
  gtk_widget_set_parent (popover, widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), place);
  gtk_popover_set_position (GTK_POPOVER (popover), side);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));

  return popover;
}
