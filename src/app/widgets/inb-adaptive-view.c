#define G_LOG_DOMAIN "inb-app"

#include "inb-adaptive-view.h"

#include "inb-accessible.h"

#define MIN_DETAIL_WIDTH 300
#define MAX_DETAIL_WIDTH 640
#define FOLDED_DETAIL_WIDTH 400

struct _InbAdaptiveView {
  GtkWidget  parent_instance;

  /* Borrowed: children */
  AdwFlap   *flap;
  AdwBin    *content;
  AdwBin    *detail;
  GtkWidget *handle;

  InbLayout  layout;
  int        detail_width;
  int        drag_start;
};

enum {
  DETAIL_CHANGED,
  RESIZED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbAdaptiveView, inb_adaptive_view, GTK_TYPE_WIDGET)

static void
apply_layout (InbAdaptiveView *self)
{
  gboolean shown = adw_flap_get_reveal_flap (self->flap);
  gboolean narrow = self->layout == INB_LAYOUT_NARROW;
  gboolean wide = self->layout == INB_LAYOUT_WIDE;

  adw_flap_set_fold_policy (self->flap, wide ? ADW_FLAP_FOLD_POLICY_NEVER : ADW_FLAP_FOLD_POLICY_ALWAYS);
  /* Folded it closes on Escape and on a click beside it; unfolded it would only swallow the key. */
  adw_flap_set_modal (self->flap, !wide);
  gtk_widget_set_hexpand (GTK_WIDGET (self->detail), narrow);
  gtk_widget_set_size_request (GTK_WIDGET (self->detail),
                               wide ? self->detail_width : narrow ? -1 : FOLDED_DETAIL_WIDTH, -1);
  gtk_widget_set_visible (self->handle, wide);
  inb_accessible_set_hidden (GTK_WIDGET (self->detail), !shown);
  inb_accessible_set_hidden (GTK_WIDGET (self->content), narrow && shown);
}

static void
on_revealed (InbAdaptiveView *self)
{
  apply_layout (self);
  g_signal_emit (self, signals[DETAIL_CHANGED], 0);
}

/* The gesture is on the whole view, because the handle moves along with the pointer. */
static void
on_drag_begin (InbAdaptiveView *self,
               double           x,
               double           y,
               GtkGesture      *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  gtk_gesture_set_state (gesture, picked == self->handle ? GTK_EVENT_SEQUENCE_CLAIMED : GTK_EVENT_SEQUENCE_DENIED);
  self->drag_start = gtk_widget_get_width (GTK_WIDGET (self->detail));
}

static void
on_drag_update (InbAdaptiveView *self,
                double           offset_x,
                double           offset_y)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  inb_adaptive_view_set_detail_width (self, self->drag_start + (int) (rtl ? offset_x : -offset_x));
}

static void
on_drag_end (InbAdaptiveView *self)
{
  g_signal_emit (self, signals[RESIZED], 0, self->detail_width);
}

static void
inb_adaptive_view_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  InbAdaptiveView *self = INB_ADAPTIVE_VIEW (widget);

  gtk_widget_allocate (GTK_WIDGET (self->flap), width, height, baseline, NULL);
}

static void
inb_adaptive_view_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  InbAdaptiveView *self = INB_ADAPTIVE_VIEW (widget);

  gtk_widget_measure (GTK_WIDGET (self->flap), orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static void
inb_adaptive_view_dispose (GObject *object)
{
  InbAdaptiveView *self = INB_ADAPTIVE_VIEW (object);

  if (self->flap != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->flap, self);
      gtk_widget_unparent (GTK_WIDGET (self->flap));
    }
  self->flap = NULL;

  G_OBJECT_CLASS (inb_adaptive_view_parent_class)->dispose (object);
}

static void
inb_adaptive_view_class_init (InbAdaptiveViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_adaptive_view_dispose;
  widget_class->size_allocate = inb_adaptive_view_size_allocate;
  widget_class->measure = inb_adaptive_view_measure;

  signals[DETAIL_CHANGED] = g_signal_new ("detail-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[RESIZED] = g_signal_new ("resized", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_INT);
}

static void
add_drag (InbAdaptiveView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_drag_begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (on_drag_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (on_drag_end), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
inb_adaptive_view_init (InbAdaptiveView *self)
{
  self->layout = INB_LAYOUT_WIDE;
  self->detail_width = 360;

  self->content = ADW_BIN (adw_bin_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->content), TRUE);
  self->detail = ADW_BIN (adw_bin_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "background");
  self->handle = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (self->handle, "detail-handle");
  gtk_widget_set_cursor_from_name (self->handle, "col-resize");

  self->flap = ADW_FLAP (adw_flap_new ());
  adw_flap_set_flap_position (self->flap, GTK_PACK_END);
  adw_flap_set_transition_type (self->flap, ADW_FLAP_TRANSITION_TYPE_OVER);
  adw_flap_set_swipe_to_open (self->flap, FALSE);
  adw_flap_set_locked (self->flap, TRUE);
  adw_flap_set_reveal_flap (self->flap, FALSE);
  adw_flap_set_content (self->flap, GTK_WIDGET (self->content));
  adw_flap_set_flap (self->flap, GTK_WIDGET (self->detail));
  adw_flap_set_separator (self->flap, self->handle);
  gtk_widget_set_vexpand (GTK_WIDGET (self->flap), TRUE);
  g_signal_connect_swapped (self->flap, "notify::reveal-flap", G_CALLBACK (on_revealed), self);

  gtk_widget_set_parent (GTK_WIDGET (self->flap), GTK_WIDGET (self));
  add_drag (self);
  apply_layout (self);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

void
inb_adaptive_view_set_layout (InbAdaptiveView *self,
                              InbLayout        layout)
{
  g_return_if_fail (INB_IS_ADAPTIVE_VIEW (self));

  self->layout = layout;
  apply_layout (self);
}

void
inb_adaptive_view_set_content (InbAdaptiveView *self,
                               GtkWidget       *content)
{
  g_return_if_fail (INB_IS_ADAPTIVE_VIEW (self));

  adw_bin_set_child (self->content, content);
}

void
inb_adaptive_view_set_detail (InbAdaptiveView *self,
                              GtkWidget       *detail)
{
  g_return_if_fail (INB_IS_ADAPTIVE_VIEW (self));

  adw_bin_set_child (self->detail, detail);
}

/**
 * inb_adaptive_view_set_detail_width:
 * @width: in pixels; kept within what is sensible
 */
void
inb_adaptive_view_set_detail_width (InbAdaptiveView *self,
                                    int              width)
{
  int room;

  g_return_if_fail (INB_IS_ADAPTIVE_VIEW (self));

  room = gtk_widget_get_width (GTK_WIDGET (self)) / 2;
  self->detail_width = CLAMP (width, MIN_DETAIL_WIDTH, MAX_DETAIL_WIDTH);
  if (room > MIN_DETAIL_WIDTH)
    self->detail_width = MIN (self->detail_width, room);
  apply_layout (self);
}

void
inb_adaptive_view_set_show_detail (InbAdaptiveView *self,
                                   gboolean         show_detail)
{
  g_return_if_fail (INB_IS_ADAPTIVE_VIEW (self));

  adw_flap_set_reveal_flap (self->flap, show_detail);
}

gboolean
inb_adaptive_view_get_show_detail (InbAdaptiveView *self)
{
  g_return_val_if_fail (INB_IS_ADAPTIVE_VIEW (self), FALSE);

  return adw_flap_get_reveal_flap (self->flap);
}

InbLayout
inb_adaptive_view_get_layout (InbAdaptiveView *self)
{
  g_return_val_if_fail (INB_IS_ADAPTIVE_VIEW (self), INB_LAYOUT_WIDE);

  return self->layout;
}
