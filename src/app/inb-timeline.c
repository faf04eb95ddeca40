#define G_LOG_DOMAIN "inb-app"

#include "inb-timeline.h"

#include "inb-format.h"
#include "inb-row.h"
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
};

/* Titles begin with an emoji ("🆕 New Lead Created") that the icon beside them already says. */
static const char *
skip_emoji (const char *title)
{
  const char *p = title;

  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type != G_UNICODE_OTHER_SYMBOL && c != 0xfe0f && c != 0x200d && !g_unichar_isspace (c))
        break;
      p = g_utf8_next_char (p);
    }

  return *p != '\0' ? p : title;
}

/* What the service writes by itself is said in the user's language. */
static const char *
translate (const char *text)
{
  static const char * const ours[] = {
    N_("New Lead Created"),
    N_("Lead created from webhook submission"),
    N_("Lead Converted to Won"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    if (g_str_equal (ours[i], text))
      return _(ours[i]);

  return text;
}

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
  const char *name = "media-record-symbolic";
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
make_entry (const InbRow *activity,
            InbClock     *clock)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *type = inb_row_get (activity, INB_ACTIVITY_ACTIVITY_TYPE);
  const char *title = inb_row_get (activity, INB_ACTIVITY_TITLE);
  const char *description = inb_row_get (activity, INB_ACTIVITY_DESCRIPTION);
  const char *actor = inb_row_get (activity, INB_ACTIVITY_ACTOR_NAME);
  g_autofree char *fallback = inb_format_key (type != NULL ? type : "");
  g_autofree char *time = inb_format_clock (get_time (activity), inb_clock_get_local (clock));
  g_autofree char *tooltip = inb_format_absolute (get_time (activity), inb_clock_get_local (clock));
  GtkWidget *label;

  gtk_widget_add_css_class (row, "timeline-entry");
  gtk_box_append (GTK_BOX (row), make_icon (type));

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), make_label (title != NULL ? translate (skip_emoji (title)) : fallback, NULL));
  if (description != NULL && *description != '\0')
    {
      label = make_label (translate (description), "dim-label");
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (texts), label);
    }
  if (actor != NULL && !inb_row_get_boolean (activity, INB_ACTIVITY_IS_AUTOMATED))
    {
      label = make_label (actor, "dim-label");
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_box_append (GTK_BOX (row), texts);

  label = gtk_label_new (time);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_tooltip_text (label, tooltip);
  gtk_box_append (GTK_BOX (row), label);

  return row;
}

/**
 * inb_timeline_new:
 * @activities: (element-type InbRow): newest first
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_timeline_new (GPtrArray *activities,
                  InbClock  *clock)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  g_autofree char *day = NULL;
  gint64 now = inb_time_now ();
  GtkWidget *title = make_label (_("Timeline"), "heading");

  gtk_widget_add_css_class (box, "timeline");
  gtk_widget_add_css_class (title, "group-title");
  gtk_box_append (GTK_BOX (box), title);
  for (guint i = 0; i < activities->len; i++)
    {
      const InbRow *activity = g_ptr_array_index (activities, i);
      g_autofree char *this_day = NULL;

      if (get_time (activity) == INB_TIME_NONE)
        continue;
      this_day = inb_format_day (get_time (activity), now, inb_clock_get_local (clock));
      if (g_strcmp0 (day, this_day) != 0)
        {
          GtkWidget *heading = make_label (this_day, "caption-heading");

          gtk_widget_add_css_class (heading, "dim-label");
          gtk_widget_add_css_class (heading, "day");
          gtk_box_append (GTK_BOX (box), heading);
          g_free (day);
          day = g_steal_pointer (&this_day);
        }
      gtk_box_append (GTK_BOX (box), make_entry (activity, clock));
    }
  if (activities->len == 0)
    gtk_box_append (GTK_BOX (box), make_label (_("Nothing yet"), "dim-label"));

  return box;
}
