#define G_LOG_DOMAIN "inb-app"

#include "inb-timeline.h"

#include "inb-accessible.h"
#include "inb-activity-text.h"
#include "inb-format.h"
#include "inb-time.h"

#include <glib/gi18n.h>

static const struct {
  const char *type;
  const char *icon;
  const char *css_class;
} looks[] = {
  { "lead_created", "list-add-symbolic", "stage-new" },
  { "status_updated", "go-next-symbolic", "stage-qualified" },
  { "appointment_scheduled", "x-office-calendar-symbolic", "stage-contacted" },
  { "lead_converted", "starred-symbolic", "stage-won" },
  { "note", "text-x-generic-symbolic", NULL },
  { "call", "call-start-symbolic", NULL },
  { "email", "mail-unread-symbolic", NULL },
  { "sms", "chat-message-new-symbolic", NULL },
  { "meeting", "system-users-symbolic", NULL },
  { "assigned", "avatar-default-symbolic", NULL },
  { "follow_up_set", "alarm-symbolic", NULL },
};

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
make_icon (const char *type)
{
  const char *name = "document-edit-symbolic";
  const char *css_class = NULL;
  GtkWidget *icon;

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_strcmp0 (looks[i].type, type) == 0)
      {
        name = looks[i].icon;
        css_class = looks[i].css_class;
        break;
      }

  icon = gtk_image_new_from_icon_name (name);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, "event");
  if (css_class != NULL)
    gtk_widget_add_css_class (icon, css_class);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

  return icon;
}

static gint64
get_time (const InbRow *activity)
{
  gint64 time = inb_row_get_time (activity, INB_ACTIVITY_OCCURRED_AT);

  return time != INB_TIME_NONE ? time : inb_row_get_time (activity, INB_ACTIVITY_CREATED_AT);
}

static GtkWidget *
make_waiting_mark (void)
{
  GtkWidget *mark = gtk_image_new_from_icon_name ("emblem-synchronizing-symbolic");

  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (mark, _("Not sent yet"));
  gtk_widget_add_css_class (mark, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Not sent yet"), -1);

  return mark;
}

static void
append_caption (GtkWidget  *texts,
                const char *text,
                gboolean    is_selectable)
{
  GtkWidget *label;

  if (text == NULL)
    return;

  label = make_label (text, "dim-label");
  gtk_label_set_selectable (GTK_LABEL (label), is_selectable);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (texts), label);
}

static GtkWidget *
make_time (const InbRow *activity,
           InbClock     *clock)
{
  g_autofree char *time = inb_format_clock (get_time (activity), inb_clock_get_timezone (clock));
  g_autofree char *tooltip = inb_clock_describe (clock, get_time (activity));
  GtkWidget *label = gtk_label_new (time);

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_tooltip_text (label, tooltip);

  return label;
}

static GtkWidget *
make_entry (const InbRow *activity,
            InbSession   *session,
            gboolean      is_waiting)
{
  InbFieldContext context = inb_field_context_get (session, NULL);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *title = inb_activity_text_get_title (activity, &context);
  g_autofree char *details = inb_activity_text_get_details (activity, &context);
  g_autofree char *text = inb_activity_text_get_text (activity);

  gtk_widget_add_css_class (row, "timeline-entry");
  gtk_box_append (GTK_BOX (row), make_icon (inb_row_get (activity, INB_ACTIVITY_ACTIVITY_TYPE)));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), make_label (title, NULL));
  append_caption (texts, details, FALSE);
  append_caption (texts, text, TRUE);
  if (!inb_row_get_boolean (activity, INB_ACTIVITY_IS_AUTOMATED))
    append_caption (texts, inb_row_get (activity, INB_ACTIVITY_ACTOR_NAME), FALSE);
  gtk_box_append (GTK_BOX (row), texts);
  if (is_waiting)
    gtk_box_append (GTK_BOX (row), make_waiting_mark ());
  gtk_box_append (GTK_BOX (row), make_time (activity, inb_session_get_clock (session)));

  return row;
}

/* --- filter ------------------------------------------------------------------------------------------------------------- */

/* In the order of the list; the types that each means. */
static const struct {
  const char *name;
  const char *types[4];
} kinds[] = {
  { N_("Everything"), { NULL } },
  { N_("Notes"), { "note" } },
  { N_("Calls"), { "call" } },
  { N_("Mails and SMS"), { "email", "sms" } },
  { N_("Meetings and appointments"), { "meeting", "appointment_scheduled" } },
  { N_("Changes"), { NULL } },
};

#define KIND_ALL 0
#define KIND_CHANGES (G_N_ELEMENTS (kinds) - 1)

static gboolean
is_of_kind (const char *type,
            guint       kind)
{
  for (guint i = 0; kinds[kind].types[i] != NULL; i++)
    if (g_strcmp0 (kinds[kind].types[i], type) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_shown (const InbRow *activity,
          guint         kind)
{
  const char *type = inb_row_get (activity, INB_ACTIVITY_ACTIVITY_TYPE);

  if (get_time (activity) == INB_TIME_NONE || inb_row_get (activity, INB_ACTIVITY_DELETED_AT) != NULL)
    return FALSE;
  if (kind == KIND_ALL)
    return TRUE;
  if (kind != KIND_CHANGES)
    return is_of_kind (type, kind);
  for (guint other = 1; other < KIND_CHANGES; other++)
    if (is_of_kind (type, other))
      return FALSE;

  return TRUE;
}

/* --- the widget --------------------------------------------------------------------------------------------------------- */

struct _InbTimeline {
  AdwBin                parent_instance;

  /* Owned */
  InbSession           *session;
  GPtrArray            *activities;   /* (element-type InbRow), or NULL */

  /* Borrowed */
  GtkDropDown          *kind;
  AdwBin               *place;
  InbTimelineIsWaiting  is_waiting;
  gpointer              data;
};

G_DEFINE_FINAL_TYPE (InbTimeline, inb_timeline, ADW_TYPE_BIN)

static void
append_day (GtkWidget   *box,
            const char  *day)
{
  GtkWidget *heading = make_label (day, "caption-heading");

  gtk_widget_add_css_class (heading, "dim-label");
  gtk_widget_add_css_class (heading, "day");
  gtk_box_append (GTK_BOX (box), heading);
}

static void
update (InbTimeline *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  guint kind = gtk_drop_down_get_selected (self->kind);
  g_autofree char *day = NULL;
  gint64 now = inb_time_now ();

  for (guint i = 0; self->activities != NULL && i < self->activities->len; i++)
    {
      const InbRow *activity = g_ptr_array_index (self->activities, i);
      g_autofree char *this_day = NULL;

      if (!is_shown (activity, kind))
        continue;
      this_day = inb_format_day (get_time (activity), now, inb_clock_get_timezone (inb_session_get_clock (self->session)));
      if (g_strcmp0 (day, this_day) != 0)
        {
          append_day (box, this_day);
          g_free (day);
          day = g_steal_pointer (&this_day);
        }
      gtk_box_append (GTK_BOX (box), make_entry (activity, self->session, self->is_waiting (activity, self->data)));
    }
  if (day == NULL)
    gtk_box_append (GTK_BOX (box), make_label (kind == KIND_ALL ? _("Nothing yet") : _("Nothing of that kind"), "dim-label"));
  adw_bin_set_child (self->place, box);
}

static void
inb_timeline_finalize (GObject *object)
{
  InbTimeline *self = INB_TIMELINE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->activities, g_ptr_array_unref);

  G_OBJECT_CLASS (inb_timeline_parent_class)->finalize (object);
}

static void
inb_timeline_class_init (InbTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_timeline_finalize;
}

static void
inb_timeline_init (InbTimeline *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = make_label (_("Timeline"), "heading");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (names, _(kinds[i].name));
  self->kind = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL));
  self->place = ADW_BIN (adw_bin_new ());
  gtk_widget_add_css_class (box, "timeline");
  gtk_widget_add_css_class (line, "group-title");
  gtk_widget_add_css_class (GTK_WIDGET (self->kind), "flat");
  gtk_widget_set_hexpand (title, TRUE);
  inb_accessible_name_drop_down (self->kind, _("Show in the timeline"));
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->kind));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->place));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_timeline_new:
 * @session: whose members, stages and zone the entries are shown with
 * @is_waiting: whether the server does not have that activity yet
 * @data: for @is_waiting; it must live as long as the timeline
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_timeline_new (InbSession           *session,
                  InbTimelineIsWaiting  is_waiting,
                  gpointer              data)
{
  InbTimeline *self = g_object_new (INB_TYPE_TIMELINE, NULL);

  self->session = g_object_ref (session);
  self->is_waiting = is_waiting;
  self->data = data;

  return GTK_WIDGET (self);
}

/**
 * inb_timeline_show:
 * @activities: (element-type InbRow): newest first; a reference is taken
 */
void
inb_timeline_show (InbTimeline *self,
                   GPtrArray   *activities)
{
  g_return_if_fail (INB_IS_TIMELINE (self) && activities != NULL);

  g_ptr_array_ref (activities);
  g_clear_pointer (&self->activities, g_ptr_array_unref);
  self->activities = activities;
  update (self);
}
