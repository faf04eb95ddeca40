#define G_LOG_DOMAIN "inb-app"

#include "inb-background.h"

#include "inb-autostart.h"

struct _InbBackground {
  GObject       parent_instance;

  /* Owned */
  GSettings    *settings;
  InbAutostart *autostart;

  /* Borrowed */
  GApplication *application;

  gboolean      was_started_for_it;
  gboolean      is_held;
};

G_DEFINE_FINAL_TYPE (InbBackground, inb_background, G_TYPE_OBJECT)

static void
update_hold (InbBackground *self)
{
  gboolean hold = self->was_started_for_it || g_settings_get_boolean (self->settings, "run-in-background");

  if (hold == self->is_held)
    return;

  self->is_held = hold;
  if (hold)
    g_application_hold (self->application);
  else
    g_application_release (self->application);
}

static void
on_start_changed (InbBackground *self)
{
  inb_autostart_set (self->autostart, g_settings_get_boolean (self->settings, "start-with-session"));
}

/* The desktop may refuse, or the folder may not be writable: the switch then says what is true. */
static void
on_refused (InbBackground *self,
            gboolean       enabled)
{
  if (enabled)
    g_settings_set_boolean (self->settings, "start-with-session", FALSE);
}

static void
inb_background_dispose (GObject *object)
{
  InbBackground *self = INB_BACKGROUND (object);

  g_clear_object (&self->autostart);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (inb_background_parent_class)->dispose (object);
}

static void
inb_background_class_init (InbBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_background_dispose;
}

static void
inb_background_init (InbBackground *self)
{
}

InbBackground *
inb_background_new (GApplication *application,
                    GSettings    *settings)
{
  InbBackground *self = g_object_new (INB_TYPE_BACKGROUND, NULL);

  self->application = application;
  self->settings = g_object_ref (settings);
  self->autostart = inb_autostart_new ();
  g_signal_connect_object (settings, "changed::run-in-background", G_CALLBACK (update_hold), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::start-with-session", G_CALLBACK (on_start_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->autostart, "refused", G_CALLBACK (on_refused), self, G_CONNECT_SWAPPED);
  update_hold (self);

  return self;
}

void
inb_background_enter (InbBackground *self)
{
  g_return_if_fail (INB_IS_BACKGROUND (self));

  self->was_started_for_it = TRUE;
  update_hold (self);
}

void
inb_background_leave (InbBackground *self)
{
  g_return_if_fail (INB_IS_BACKGROUND (self));

  self->was_started_for_it = FALSE;
  update_hold (self);
}
