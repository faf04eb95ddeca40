#define G_LOG_DOMAIN "inb-app"

#include "inb-toaster.h"

#include <glib/gi18n.h>

#define REMARK_SECONDS 5
#define TOAST_SECONDS 6
#define WARN_SECONDS 10
#define MAX_LINES 4
#define TOAST_REUSE_SECONDS 2 /* an older toast would take the new text away with it too soon */

/* libadwaita 1.2 frees a toast that has gone also while it is still coming in, when a slow frame has both end at once, and crashes.
 * Longer than either takes; in frames, as they do. */
#define MOVING_USEC (500 * G_TIME_SPAN_MILLISECOND)

typedef enum {
  ARRIVALS,
  DONE,       /* the last edit */
  REMARK,     /* the last one */
  N_SLOTS
} Slot;

struct _InbToaster {
  GObject          parent_instance;

  /* Owned */
  AdwToastOverlay *overlay;
  AdwToast        *toasts[N_SLOTS]; /* NULL when none is open */
  GPtrArray       *doomed;          /* (element-type AdwToast): to go as soon as none moves */

  gint64           since[N_SLOTS];  /* monotonic */
  gint64           moving_since;    /* by the frame clock; 0 = from the next frame */
  guint            tick;            /* 0 = none moves */
};

G_DEFINE_FINAL_TYPE (InbToaster, inb_toaster, G_TYPE_OBJECT)

static gboolean
on_tick (GtkWidget     *overlay,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  InbToaster *self = user_data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->moving_since == 0)
    self->moving_since = now;
  if (now - self->moving_since < MOVING_USEC)
    return G_SOURCE_CONTINUE;

  self->tick = 0;
  if (self->doomed->len > 0)
    {
      g_autoptr (AdwToast) toast = g_ptr_array_steal_index (self->doomed, 0);

      adw_toast_dismiss (toast);
    }

  return G_SOURCE_REMOVE;
}

/* One comes in or goes. */
static void
note_moving (InbToaster *self)
{
  self->moving_since = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->overlay), on_tick, self, NULL);
}

static void
on_toast_dismissed (AdwToast   *toast,
                    InbToaster *self)
{
  for (Slot slot = 0; slot < N_SLOTS; slot++)
    {
      if (self->toasts[slot] == toast)
        g_clear_object (&self->toasts[slot]);
    }
  g_ptr_array_remove (self->doomed, toast);
  note_moving (self);
}

static void
inb_toaster_dispose (GObject *object)
{
  InbToaster *self = INB_TOASTER (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->overlay), self->tick);
  self->tick = 0;
  for (Slot slot = 0; slot < N_SLOTS; slot++)
    g_clear_object (&self->toasts[slot]);
  g_clear_pointer (&self->doomed, g_ptr_array_unref);
  g_clear_object (&self->overlay);

  G_OBJECT_CLASS (inb_toaster_parent_class)->dispose (object);
}

static void
inb_toaster_class_init (InbToasterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_toaster_dispose;
}

static void
inb_toaster_init (InbToaster *self)
{
  self->doomed = g_ptr_array_new_with_free_func (g_object_unref);
}

/* libadwaita 1.2 gives a toast the height of one line. */
static void
fit (GtkLabel *label)
{
  GtkWidget *widget = GTK_WIDGET (label);
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  GtkWidget *toast = overlay != NULL ? gtk_widget_get_parent (gtk_widget_get_parent (widget)) : NULL;
  int natural;
  int minimum;
  int wanted;
  int room;
  int height = -1;

  if (toast == NULL)
    return;

  gtk_widget_set_size_request (widget, -1, -1);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  gtk_widget_measure (toast, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wanted, NULL, NULL);
  room = MAX (gtk_widget_get_width (overlay) - (wanted - natural), minimum);
  if (room < natural)
    gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, room, NULL, &height, NULL, NULL);
  gtk_widget_set_size_request (widget, -1, height);
}

/* The toast's own title is one line, which a narrow window cuts. */
static GtkWidget *
make_title (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), MAX_LINES);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "toast-text");
  g_signal_connect (label, "map", G_CALLBACK (fit), NULL);

  return label;
}

static GtkLabel *
get_title (AdwToast *toast)
{
  return GTK_LABEL (adw_toast_get_custom_title (toast));
}

/* (transfer full) */
static AdwToast *
add_toast (InbToaster *self,
           const char *text,
           guint       seconds)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_custom_title (toast, make_title (text));
  adw_toast_set_timeout (toast, seconds);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_toast_dismissed), self, 0);
  adw_toast_overlay_add_toast (self->overlay, g_object_ref (toast));
  note_moving (self);

  return toast;
}

static void
drop (InbToaster *self,
      Slot        slot)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->toasts[slot]);

  if (toast == NULL)
    return;

  adw_toast_set_button_label (toast, NULL);
  if (self->tick != 0)
    g_ptr_array_add (self->doomed, g_steal_pointer (&toast));
  else
    adw_toast_dismiss (toast);
}

/* (transfer none): the slot's toast with the text: the one that there is while it is young, else one in its place, which it would keep
 * waiting. */
static AdwToast *
put (InbToaster *self,
     Slot        slot,
     const char *text,
     guint       seconds)
{
  gint64 now = g_get_monotonic_time ();

  if (self->toasts[slot] != NULL && now - self->since[slot] <= TOAST_REUSE_SECONDS * G_TIME_SPAN_SECOND)
    {
      gtk_label_set_text (get_title (self->toasts[slot]), text);
      fit (get_title (self->toasts[slot]));
      return self->toasts[slot];
    }

  drop (self, slot);
  self->since[slot] = now;
  self->toasts[slot] = add_toast (self, text, seconds);

  return self->toasts[slot];
}

static void
set_button (AdwToast   *toast,
            const char *label,
            const char *action_name,
            const char *target)
{
  /* The other way round a toast on display would have an action that misses its target for a moment, which GTK warns of. */
  adw_toast_set_action_target (toast, "s", target);
  adw_toast_set_action_name (toast, action_name);
  adw_toast_set_button_label (toast, label);
  fit (get_title (toast));
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbToaster *
inb_toaster_new (AdwToastOverlay *overlay)
{
  InbToaster *self = g_object_new (INB_TYPE_TOASTER, NULL);

  self->overlay = g_object_ref (overlay);

  return self;
}

/**
 * inb_toaster_say:
 *
 * Takes the place of the remark before.
 */
void
inb_toaster_say (InbToaster *self,
                 const char *text)
{
  g_return_if_fail (INB_IS_TOASTER (self) && text != NULL);

  put (self, REMARK, text, REMARK_SECONDS);
}

void
inb_toaster_warn (InbToaster *self,
                  const char *text)
{
  g_return_if_fail (INB_IS_TOASTER (self) && text != NULL);

  g_object_unref (add_toast (self, text, WARN_SECONDS));
}

void
inb_toaster_drop_done (InbToaster *self)
{
  g_return_if_fail (INB_IS_TOASTER (self));

  drop (self, DONE);
}

/**
 * inb_toaster_tell_done:
 * @group: what the toast's button takes back
 */
void
inb_toaster_tell_done (InbToaster *self,
                       const char *text,
                       const char *group)
{
  g_return_if_fail (INB_IS_TOASTER (self) && text != NULL && group != NULL);

  /* A toast that the keyboard is on never goes by itself, and what was done cannot wait for that. */
  drop (self, REMARK);
  set_button (put (self, DONE, text, TOAST_SECONDS), _("Undo"), "win.undo-group", group);
}

/**
 * inb_toaster_announce:
 * @lead_id: (nullable): what the toast's button opens
 */
void
inb_toaster_announce (InbToaster *self,
                      const char *text,
                      const char *lead_id)
{
  AdwToast *toast;

  g_return_if_fail (INB_IS_TOASTER (self) && text != NULL);

  toast = put (self, ARRIVALS, text, TOAST_SECONDS);
  if (lead_id != NULL)
    set_button (toast, _("Open"), "win.open-lead", lead_id);
  else
    adw_toast_set_button_label (toast, NULL);
}
