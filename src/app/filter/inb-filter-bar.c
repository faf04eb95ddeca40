#define G_LOG_DOMAIN "inb-app"

#include "inb-filter-bar.h"

#include "inb-accessible.h"
#include "inb-filter-buttons.h"
#include "inb-filter-chips.h"

#include <glib/gi18n.h>

struct _InbFilterBar {
  AdwBin            parent_instance;

  /* Template */
  GtkRevealer      *search_revealer;
  GtkSearchEntry   *search;
  AdwSqueezer      *squeezer;
  AdwBin           *row;
  GtkMenuButton    *all;
  AdwBin           *column;
  InbFilterChips   *chips;
  GtkButton        *clear;
  GtkToggleButton  *search_button;
  GtkBox           *line;

  /* Owned */
  InbSession       *session;
  char             *shortcuts;

  /* Borrowed: children */
  InbFilterButtons *row_buttons;
  InbFilterButtons *column_buttons;

  gboolean          updating;
};

enum {
  PROP_SEARCH_MODE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (InbFilterBar, inb_filter_bar, ADW_TYPE_BIN)

static void
set_search_mode (InbFilterBar *self,
                 gboolean      search_mode)
{
  if (gtk_revealer_get_reveal_child (self->search_revealer) == search_mode)
    return;

  gtk_revealer_set_reveal_child (self->search_revealer, search_mode);
  if (search_mode)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEARCH_MODE]);
}

/* "changed", not "search-changed": the list drops a question that was overtaken, so there is nothing to wait for. */
static void
on_search_changed (InbFilterBar *self)
{
  g_autoptr (InbLeadFilter) filter = NULL;

  if (self->updating || self->session == NULL)
    return;

  filter = inb_lead_filter_copy (inb_session_get_filter (self->session));
  inb_lead_filter_set_text (filter, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  inb_session_set_filter (self->session, filter);
}

static void
on_stop_search (InbFilterBar *self)
{
  set_search_mode (self, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
}

/* Down or Enter goes on from the search to what it found. */
static void
on_search_done (InbFilterBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.focus-leads", NULL);
}

static void
on_filter_changed (InbFilterBar *self)
{
  const InbLeadFilter *filter = inb_session_get_filter (self->session);
  gboolean is_empty = inb_lead_filter_is_empty (filter) && !inb_session_get_contacts (self->session);
  const char *text = filter->text != NULL ? filter->text : "";
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  gtk_widget_set_visible (GTK_WIDGET (self->clear), !is_empty);
  /* A blank that was just typed stays. */
  if (g_strcmp0 (typed, text) == 0)
    return;

  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  self->updating = FALSE;
  if (*text != '\0')
    {
      gtk_revealer_set_reveal_child (self->search_revealer, TRUE);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEARCH_MODE]);
    }
}

static void
on_squeezed (InbFilterBar *self)
{
  GtkWidget *shown = adw_squeezer_get_visible_child (self->squeezer);

  inb_accessible_set_hidden (GTK_WIDGET (self->row), shown != GTK_WIDGET (self->row));
  inb_accessible_set_hidden (GTK_WIDGET (self->all), shown != GTK_WIDGET (self->all));
}

static gboolean
on_key_pressed (InbFilterBar          *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gunichar c = gdk_keyval_to_unicode (keyval);
  char text[7] = "";

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0 || !g_unichar_isgraph (c) ||
      g_utf8_strchr (self->shortcuts, -1, c) != NULL || self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      (focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) ||
                         gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)))
    return GDK_EVENT_PROPAGATE;

  g_unichar_to_utf8 (c, text);
  inb_filter_bar_start_search (self);
  if (c != '/')
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search), text);
      gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
    }

  return GDK_EVENT_STOP;
}

static void
inb_filter_bar_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SEARCH_MODE:
      g_value_set_boolean (value, gtk_revealer_get_reveal_child (INB_FILTER_BAR (object)->search_revealer));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_filter_bar_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SEARCH_MODE:
      set_search_mode (INB_FILTER_BAR (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_filter_bar_dispose (GObject *object)
{
  g_clear_object (&INB_FILTER_BAR (object)->session);
  g_clear_pointer (&INB_FILTER_BAR (object)->shortcuts, g_free);

  G_OBJECT_CLASS (inb_filter_bar_parent_class)->dispose (object);
}

static void
inb_filter_bar_class_init (InbFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_filter_bar_dispose;
  object_class->get_property = inb_filter_bar_get_property;
  object_class->set_property = inb_filter_bar_set_property;

  props[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (INB_TYPE_FILTER_CHIPS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, InbFilterBar, search_revealer);
  gtk_widget_class_bind_template_child (widget_class, InbFilterBar, search);
  gtk_widget_class_bind_template_child (widget_class, InbFilterBar, squeezer);
  gtk_widget_class_bind_template_child (widget_class, InbFilterBar, row);
  gtk_widget_class_bind_template_child (widget_class, InbFilterBar, all);
  gtk_widget_class_bind_template_child (widget_class, InbFilterBar, column);
  gtk_widget_class_bind_template_child (widget_class, InbFilterBar, chips);
  gtk_widget_class_bind_template_child (widget_class, InbFilterBar, clear);
  gtk_widget_class_bind_template_child (widget_class, InbFilterBar, search_button);
  gtk_widget_class_bind_template_child (widget_class, InbFilterBar, line);
}

static void
inb_filter_bar_init (InbFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->row_buttons = INB_FILTER_BUTTONS (inb_filter_buttons_new (GTK_ORIENTATION_HORIZONTAL));
  self->column_buttons = INB_FILTER_BUTTONS (inb_filter_buttons_new (GTK_ORIENTATION_VERTICAL));
  adw_bin_set_child (self->row, GTK_WIDGET (self->row_buttons));
  adw_bin_set_child (self->column, GTK_WIDGET (self->column_buttons));
  inb_accessible_follow_revealer (self->search_revealer);
  g_object_bind_property (self, "search-mode", self->search_button, "active", G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (self->search, "changed", G_CALLBACK (on_search_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (on_stop_search), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (on_search_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (inb_filter_bar_clear), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->squeezer, "notify::visible-child", G_CALLBACK (on_squeezed), self, G_CONNECT_SWAPPED);
  on_squeezed (self);
}

/**
 * inb_filter_bar_set_session:
 * @session: (nullable): whose filter is changed
 */
void
inb_filter_bar_set_session (InbFilterBar *self,
                            InbSession   *session)
{
  g_return_if_fail (INB_IS_FILTER_BAR (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  inb_filter_buttons_set_session (self->row_buttons, session);
  inb_filter_buttons_set_session (self->column_buttons, session);
  inb_filter_chips_set_session (self->chips, session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "filter-changed", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  on_filter_changed (self);
}

void
inb_filter_bar_start_search (InbFilterBar *self)
{
  g_return_if_fail (INB_IS_FILTER_BAR (self));

  set_search_mode (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
inb_filter_bar_clear (InbFilterBar *self)
{
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();

  g_return_if_fail (INB_IS_FILTER_BAR (self));

  if (self->session == NULL)
    return;

  inb_session_set_contacts (self->session, FALSE);
  inb_session_set_filter (self->session, every);
  set_search_mode (self, FALSE);
}

/**
 * inb_filter_bar_capture_keys:
 * @widget: the window, or a part of it
 * @shortcuts: letters that are no text there
 */
void
inb_filter_bar_capture_keys (InbFilterBar *self,
                             GtkWidget    *widget,
                             const char   *shortcuts)
{
  GtkEventController *keys;

  g_return_if_fail (INB_IS_FILTER_BAR (self) && GTK_IS_WIDGET (widget) && self->shortcuts == NULL);

  self->shortcuts = g_strdup (shortcuts);
  keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_BUBBLE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, keys);
}

void
inb_filter_bar_add_end (InbFilterBar *self,
                        GtkWidget    *widget)
{
  g_return_if_fail (INB_IS_FILTER_BAR (self) && GTK_IS_WIDGET (widget));

  gtk_box_append (self->line, widget);
}

void
inb_filter_bar_set_narrow (InbFilterBar *self,
                           gboolean      narrow)
{
  g_return_if_fail (INB_IS_FILTER_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self->search_button), narrow);
}
