#define G_LOG_DOMAIN "inb-app"

#include "inb-focus-guard.h"

#define GUARD "inb-focus-guard"

typedef struct {
  /* Borrowed */
  GtkWindow *window;
  GtkWidget *focus;     /* that is watched; weak */
  GtkWidget *outside;   /* what had the keyboard before a popover took it; weak */
  GtkWidget *popover;   /* that has it; weak */
  GtkWidget *around;    /* what the keyboard was in and is still there, while nothing has it; weak */

  gulong     greyed;    /* handlers of the focus */
  gulong     unmapped;
  gulong     closed;    /* handler of the popover */
  guint      idle;
} Guard;

static gboolean
can_have_keyboard (Guard     *self,
                   GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_root (widget) == GTK_ROOT (self->window) && gtk_widget_is_visible (widget) &&
         gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget);
}

/* To what is around what went, as GTK does it a frame later, else to what had it before. Where there is neither, that is left to GTK. */
static void
give_back (Guard     *self,
           GtkWidget *from)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  for (GtkWidget *widget = from; widget != NULL && widget != GTK_WIDGET (self->window); widget = gtk_widget_get_parent (widget))
    if (can_have_keyboard (self, widget) && gtk_widget_grab_focus (widget))
      return;

  if (can_have_keyboard (self, self->outside))
    gtk_widget_grab_focus (self->outside);
}

static void
on_closed (Guard     *self,
           GtkWidget *popover)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  if (focus == NULL || focus == popover || gtk_widget_is_ancestor (focus, popover))
    give_back (self, gtk_widget_get_parent (popover));
}

static gboolean
on_idle (gpointer user_data)
{
  Guard *self = user_data;

  self->idle = 0;
  if (gtk_window_get_focus (self->window) == NULL)
    give_back (self, self->around);

  return G_SOURCE_REMOVE;
}

/* With nothing under the keyboard keys are the window's; what it goes to is seen once that which is going on has ended: lists do not
 * bear to be asked while they change. */
static void
let_go (Guard     *self,
        GtkWidget *focus)
{
  GtkWidget *around = gtk_widget_get_parent (focus);

  while (around != NULL && !can_have_keyboard (self, around))
    around = gtk_widget_get_parent (around);
  g_set_weak_pointer (&self->around, around);
  gtk_window_set_focus (self->window, NULL);
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
}

static void
on_unmap (Guard     *self,
          GtkWidget *focus)
{
  if (gtk_window_get_focus (self->window) == focus && gtk_widget_get_visible (GTK_WIDGET (self->window)))
    let_go (self, focus);
}

static void
on_state_flags_changed (Guard        *self,
                        GtkStateFlags before,
                        GtkWidget    *focus)
{
  if (!gtk_widget_is_sensitive (focus) && gtk_window_get_focus (self->window) == focus)
    let_go (self, focus);
}

static void
watch_popover (Guard     *self,
               GtkWidget *popover)
{
  if (self->popover == popover)
    return;

  if (self->popover != NULL)
    g_clear_signal_handler (&self->closed, self->popover);
  self->closed = 0;
  g_set_weak_pointer (&self->popover, popover);
  if (popover != NULL)
    self->closed = g_signal_connect_swapped (popover, "closed", G_CALLBACK (on_closed), self);
}

static void
watch_focus (Guard     *self,
             GtkWidget *focus)
{
  if (self->focus != NULL)
    {
      g_clear_signal_handler (&self->greyed, self->focus);
      g_clear_signal_handler (&self->unmapped, self->focus);
    }
  self->greyed = 0;
  self->unmapped = 0;
  g_set_weak_pointer (&self->focus, focus);
  if (focus == NULL)
    return;
  self->unmapped = g_signal_connect_swapped (focus, "unmap", G_CALLBACK (on_unmap), self);
  self->greyed = g_signal_connect_swapped (focus, "state-flags-changed", G_CALLBACK (on_state_flags_changed), self);
}

static void
on_focus_changed (Guard *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);
  GtkWidget *popover = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) : NULL;

  if (focus != NULL && popover == NULL)
    g_set_weak_pointer (&self->outside, focus);
  /* From one popover on to another the first is not over. */
  if (popover != NULL)
    watch_popover (self, popover);
  watch_focus (self, focus);
}

static void
guard_free (gpointer data)
{
  Guard *self = data;

  g_clear_handle_id (&self->idle, g_source_remove);
  watch_popover (self, NULL);
  watch_focus (self, NULL);
  g_clear_weak_pointer (&self->around);
  g_clear_weak_pointer (&self->outside);
  g_free (self);
}

/**
 * inb_focus_guard_watch:
 * @window: once
 *
 * From now on what goes away gives the keyboard back at once.
 */
void
inb_focus_guard_watch (GtkWindow *window)
{
  Guard *self;

  g_return_if_fail (GTK_IS_WINDOW (window) && g_object_get_data (G_OBJECT (window), GUARD) == NULL);

  self = g_new0 (Guard, 1);
  self->window = window;
  g_object_set_data_full (G_OBJECT (window), GUARD, self, guard_free);
  g_signal_connect_swapped (window, "notify::focus-widget", G_CALLBACK (on_focus_changed), self);
}
