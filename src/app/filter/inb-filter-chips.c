#define G_LOG_DOMAIN "inb-app"

#include "inb-filter-chips.h"

#include "inb-filter-text.h"
#include "inb-tooltip.h"

#include <glib/gi18n.h>

typedef enum {
  PART_VALUE,
  PART_CREATED,
  PART_ACTIVITY,
  PART_WEEK_HOUR,
  PART_FLAG,
  PART_TEXT,
  PART_CONTACTS
} Part;

/* What one chip takes away. */
typedef struct {
  Part   part;
  guint  which;   /* the field or the flag */
  char  *value;
} Target;

struct _InbFilterChips {
  AdwBin      parent_instance;

  /* Owned */
  InbSession *session;

  /* Borrowed: children */
  GtkWidget  *box;
};

G_DEFINE_FINAL_TYPE (InbFilterChips, inb_filter_chips, ADW_TYPE_BIN)

static void
target_free (gpointer data,
             GClosure *closure)
{
  Target *target = data;

  g_free (target->value);
  g_free (target);
}

static InbFilterChips *
find_chips (GtkWidget *chip)
{
  return INB_FILTER_CHIPS (gtk_widget_get_ancestor (chip, INB_TYPE_FILTER_CHIPS));
}

static void
on_clicked (GtkWidget *chip,
            Target    *target)
{
  InbSession *session = find_chips (chip)->session;
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_copy (inb_session_get_filter (session));
  static const InbDateRange any = { .kind = INB_DATE_RANGE_ANY };

  switch (target->part)
    {
    case PART_VALUE:
      inb_lead_filter_toggle_value (filter, target->which, target->value);
      break;
    case PART_CREATED:
      filter->created = any;
      break;
    case PART_ACTIVITY:
      filter->activity = any;
      break;
    case PART_WEEK_HOUR:
      filter->weekday = 0;
      filter->hour = -1;
      break;
    case PART_FLAG:
      filter->flags &= ~target->which;
      break;
    case PART_TEXT:
      inb_lead_filter_set_text (filter, NULL);
      break;
    case PART_CONTACTS:
    default:
      inb_session_set_contacts (session, FALSE);
      return;
    }
  inb_session_set_filter (session, filter);
}

static void
add_chip (InbFilterChips *self,
          Part            part,
          guint           which,
          const char     *value,
          const char     *text)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *cross = gtk_image_new_from_icon_name ("window-close-symbolic");
  g_autofree char *spoken = g_strdup_printf (_("Remove “%s” from the filter"), text);
  Target *target = g_new0 (Target, 1);

  target->part = part;
  target->which = which;
  target->value = g_strdup (value);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), cross);
  gtk_button_set_child (GTK_BUTTON (chip), box);
  inb_tooltip_set (chip, spoken);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (chip, "filter-chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_data (chip, "clicked", G_CALLBACK (on_clicked), target, target_free, 0);
  gtk_box_append (GTK_BOX (self->box), chip);
}

static void
add_range (InbFilterChips     *self,
           Part                part,
           const char         *name,
           const InbDateRange *range)
{
  g_autofree char *days = NULL;
  g_autofree char *text = NULL;

  if (range->kind == INB_DATE_RANGE_ANY)
    return;

  days = inb_filter_text_get_range (range);
  text = g_strdup_printf (_("%s: %s"), name, days);
  add_chip (self, part, 0, NULL, text);
}

static void
add_values (InbFilterChips      *self,
            const InbLeadFilter *filter)
{
  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    {
      for (guint i = 0; filter->values[field] != NULL && filter->values[field][i] != NULL; i++)
        {
          g_autofree char *text = inb_filter_text_get_value (self->session, field, filter->values[field][i]);

          add_chip (self, PART_VALUE, field, filter->values[field][i], text);
        }
    }
}

static void
update (InbFilterChips *self)
{
  const InbLeadFilter *filter = inb_session_get_filter (self->session);
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), chip);

  if (inb_session_get_contacts (self->session))
    add_chip (self, PART_CONTACTS, 0, NULL, _("Contacts without a lead"));
  if (filter->text != NULL)
    {
      add_chip (self, PART_TEXT, 0, NULL, filter->text);
    }
  add_values (self, filter);
  add_range (self, PART_CREATED, _("Created"), &filter->created);
  add_range (self, PART_ACTIVITY, _("Last activity"), &filter->activity);
  if (filter->weekday != 0 || filter->hour >= 0)
    {
      g_autofree char *text = inb_filter_text_get_week_hour (filter);

      add_chip (self, PART_WEEK_HOUR, 0, NULL, text);
    }
  for (guint flag = INB_FILTER_FOLLOW_UP_DUE; flag <= INB_FILTER_UNANSWERED; flag <<= 1)
    {
      if ((filter->flags & flag) != 0)
        add_chip (self, PART_FLAG, flag, NULL, inb_filter_text_get_flag (flag));
    }
}

static void
inb_filter_chips_dispose (GObject *object)
{
  g_clear_object (&INB_FILTER_CHIPS (object)->session);

  G_OBJECT_CLASS (inb_filter_chips_parent_class)->dispose (object);
}

static void
inb_filter_chips_class_init (InbFilterChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_filter_chips_dispose;
}

static void
inb_filter_chips_init (InbFilterChips *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->box);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

/**
 * inb_filter_chips_set_session:
 * @session: (nullable): whose filter is shown
 */
void
inb_filter_chips_set_session (InbFilterChips *self,
                              InbSession     *session)
{
  g_return_if_fail (INB_IS_FILTER_CHIPS (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (inb_session_get_directory (self->session), self);
    }
  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "filter-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "stages-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_directory (session), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
