#define G_LOG_DOMAIN "inb-app"

#include "inb-filter-buttons.h"

#include "inb-date-menu.h"
#include "inb-filter-menu.h"
#include "inb-filter-text.h"

#include <glib/gi18n.h>

static const InbFilterFlags flags[] = { INB_FILTER_FOLLOW_UP_DUE, INB_FILTER_UNANSWERED, INB_FILTER_CONVERTED };

struct _InbFilterButtons {
  AdwBin       parent_instance;

  /* Owned */
  InbSession  *session;

  /* Borrowed: children */
  GtkWidget   *menus[INB_N_FILTER_FIELDS];
  InbDateMenu *created;
  InbDateMenu *activity;
  GtkWidget   *checks[G_N_ELEMENTS (flags)];
  GtkWidget   *contacts;
  GtkWidget   *more;            /* NULL in a column */

  gboolean     updating;
};

G_DEFINE_FINAL_TYPE (InbFilterButtons, inb_filter_buttons, ADW_TYPE_BIN)

static void
on_created_picked (InbFilterButtons *self)
{
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_copy (inb_session_get_filter (self->session));

  filter->created = *inb_date_menu_get_range (self->created);
  inb_session_set_filter (self->session, filter);
}

static void
on_activity_picked (InbFilterButtons *self)
{
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_copy (inb_session_get_filter (self->session));

  filter->activity = *inb_date_menu_get_range (self->activity);
  inb_session_set_filter (self->session, filter);
}

static void
on_flag_toggled (InbFilterButtons *self)
{
  g_autoptr (InbLeadFilter) filter = NULL;

  if (self->updating || self->session == NULL)
    return;

  filter = inb_lead_filter_copy (inb_session_get_filter (self->session));
  filter->flags = 0;
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->checks[i])))
        filter->flags |= flags[i];
    }
  inb_session_set_filter (self->session, filter);
}

static void
on_contacts_toggled (InbFilterButtons *self)
{
  if (!self->updating && self->session != NULL)
    inb_session_set_contacts (self->session, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->contacts)));
}

static void
on_filter_changed (InbFilterButtons *self)
{
  const InbLeadFilter *filter = inb_session_get_filter (self->session);
  gboolean contacts = inb_session_get_contacts (self->session);
  gboolean more = contacts || filter->flags != 0 || filter->activity.kind != INB_DATE_RANGE_ANY;

  self->updating = TRUE;
  inb_date_menu_set_range (self->created, &filter->created);
  inb_date_menu_set_range (self->activity, &filter->activity);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[i]), (filter->flags & flags[i]) != 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->contacts), contacts);
  self->updating = FALSE;

  for (guint field = INB_FILTER_TEAM; field < INB_N_FILTER_FIELDS; field++)
    more = more || filter->values[field] != NULL;
  if (self->more != NULL && more)
    gtk_widget_add_css_class (self->more, "in-use");
  else if (self->more != NULL)
    gtk_widget_remove_css_class (self->more, "in-use");
}

/* A contact has no stage, source or owner: what does not apply to contacts cannot be picked for them. */
static void
update_sensitive (InbFilterButtons *self)
{
  gboolean leads = !inb_session_get_contacts (self->session);

  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    gtk_widget_set_sensitive (self->menus[field], leads);
  gtk_widget_set_sensitive (GTK_WIDGET (self->activity), leads);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    gtk_widget_set_sensitive (self->checks[i], leads);
}

static void
inb_filter_buttons_dispose (GObject *object)
{
  g_clear_object (&INB_FILTER_BUTTONS (object)->session);

  G_OBJECT_CLASS (inb_filter_buttons_parent_class)->dispose (object);
}

static void
inb_filter_buttons_class_init (InbFilterButtonsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_filter_buttons_dispose;
}

static void
inb_filter_buttons_init (InbFilterButtons *self)
{
}

static void
add_rarer (InbFilterButtons *self,
           GtkBox           *box)
{
  for (guint field = INB_FILTER_TEAM; field < INB_N_FILTER_FIELDS; field++)
    gtk_box_append (box, self->menus[field]);
  gtk_box_append (box, GTK_WIDGET (self->activity));
  gtk_box_append (box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    gtk_box_append (box, self->checks[i]);
  gtk_box_append (box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (box, self->contacts);
}

static GtkWidget *
make_more (InbFilterButtons *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  add_rarer (self, GTK_BOX (box));
  gtk_widget_add_css_class (popover, "filter-popover");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("More"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_add_css_class (button, "flat");

  return button;
}

static void
make_children (InbFilterButtons *self)
{
  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    self->menus[field] = inb_filter_menu_new (field);
  self->created = INB_DATE_MENU (inb_date_menu_new (_("Created")));
  self->activity = INB_DATE_MENU (inb_date_menu_new (_("Last activity")));
  g_signal_connect_object (self->created, "picked", G_CALLBACK (on_created_picked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->activity, "picked", G_CALLBACK (on_activity_picked), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      self->checks[i] = gtk_check_button_new_with_label (inb_filter_text_get_flag (flags[i]));
      g_signal_connect_object (self->checks[i], "toggled", G_CALLBACK (on_flag_toggled), self, G_CONNECT_SWAPPED);
    }
  self->contacts = gtk_check_button_new_with_label (_("Contacts without a lead"));
  g_signal_connect_object (self->contacts, "toggled", G_CALLBACK (on_contacts_toggled), self, G_CONNECT_SWAPPED);
}

/**
 * inb_filter_buttons_new:
 * @orientation: a row with the rarer ones behind a button, or one column
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_filter_buttons_new (GtkOrientation orientation)
{
  InbFilterButtons *self = g_object_new (INB_TYPE_FILTER_BUTTONS, NULL);
  GtkWidget *box = gtk_box_new (orientation, 2);

  make_children (self);
  for (guint field = 0; field < INB_FILTER_TEAM; field++)
    gtk_box_append (GTK_BOX (box), self->menus[field]);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->created));
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      self->more = make_more (self);
      gtk_box_append (GTK_BOX (box), self->more);
    }
  else
    {
      add_rarer (self, GTK_BOX (box));
    }
  adw_bin_set_child (ADW_BIN (self), box);

  return GTK_WIDGET (self);
}

/**
 * inb_filter_buttons_set_session:
 * @session: (nullable): whose filter is changed
 */
void
inb_filter_buttons_set_session (InbFilterButtons *self,
                                InbSession       *session)
{
  g_return_if_fail (INB_IS_FILTER_BUTTONS (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    inb_filter_menu_set_session (INB_FILTER_MENU (self->menus[field]), session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "filter-changed", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "filter-changed", G_CALLBACK (update_sensitive), self, G_CONNECT_SWAPPED);
  on_filter_changed (self);
  update_sensitive (self);
}
