#define G_LOG_DOMAIN "inb-app"

#include "inb-toaster.h"

#include <glib/gi18n.h>

#define REMARK_SECONDS 5
#define TOAST_SECONDS 6
#define WARN_SECONDS 10
#define TOAST_REUSE_SECONDS 2 /* an older toast would take the new text away with it too soon */

struct _InbToaster {
  GObject          parent_instance;

  /* Owned */
  AdwToastOverlay *overlay;
  AdwToast        *toast;       /* of arrivals; NULL when none is open */
  AdwToast        *done;        /* of the last edit; NULL when none is open */
  AdwToast        *remark;      /* the last one; NULL when none is open */

  gint64           toast_since; /* monotonic */
};

G_DEFINE_FINAL_TYPE (InbToaster, inb_toaster, G_TYPE_OBJECT)

static void
on_toast_dismissed (AdwToast   *toast,
                    InbToaster *self)
{
  if (self->toast == toast)
    g_clear_object (&self->toast);
  if (self->done == toast)
    g_clear_object (&self->done);
  if (self->remark == toast)
    g_clear_object (&self->remark);
}

static void
inb_toaster_dispose (GObject *object)
{
  InbToaster *self = INB_TOASTER (object);

  g_clear_object (&self->toast);
  g_clear_object (&self->done);
  g_clear_object (&self->remark);
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
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbToaster *
inb_toaster_new (AdwToastOverlay *overlay)
{
  InbToaster *self = g_object_new (INB_TYPE_TOASTER, NULL);

  self->overlay = g_object_ref (overlay);

  return self;
}

static AdwToast *
make_toast (const char *text,
            guint       seconds)
{
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, seconds);

  return toast;
}

static void
drop_remark (InbToaster *self)
{
  g_autoptr (AdwToast) old = g_steal_pointer (&self->remark);

  if (old != NULL)
    adw_toast_dismiss (old);
}

/* In place of the remark before, which would keep it waiting. */
void
inb_toaster_say (InbToaster *self,
                 const char *text)
{
  g_return_if_fail (INB_IS_TOASTER (self) && text != NULL);

  drop_remark (self);
  self->remark = g_object_ref_sink (make_toast (text, REMARK_SECONDS));
  g_signal_connect_object (self->remark, "dismissed", G_CALLBACK (on_toast_dismissed), self, 0);
  adw_toast_overlay_add_toast (self->overlay, g_object_ref (self->remark));
}

void
inb_toaster_warn (InbToaster *self,
                  const char *text)
{
  g_return_if_fail (INB_IS_TOASTER (self) && text != NULL);

  adw_toast_overlay_add_toast (self->overlay, make_toast (text, WARN_SECONDS));
}

void
inb_toaster_drop_done (InbToaster *self)
{
  g_autoptr (AdwToast) old = NULL;

  g_return_if_fail (INB_IS_TOASTER (self));

  old = g_steal_pointer (&self->done);
  if (old != NULL)
    adw_toast_dismiss (old);
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
  g_autofree char *title = NULL;

  g_return_if_fail (INB_IS_TOASTER (self) && text != NULL && group != NULL);

  /* A toast that the keyboard is on never goes by itself, and what was done cannot wait for that. */
  drop_remark (self);
  inb_toaster_drop_done (self);
  title = g_markup_escape_text (text, -1);
  self->done = g_object_ref_sink (adw_toast_new (title));
  adw_toast_set_timeout (self->done, TOAST_SECONDS);
  adw_toast_set_button_label (self->done, _("Undo"));
  adw_toast_set_action_name (self->done, "win.undo-group");
  adw_toast_set_action_target (self->done, "s", group);
  g_signal_connect_object (self->done, "dismissed", G_CALLBACK (on_toast_dismissed), self, 0);
  adw_toast_overlay_add_toast (self->overlay, g_object_ref (self->done));
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
  g_autofree char *title = NULL;
  gint64 now = g_get_monotonic_time ();
  gboolean fresh;

  g_return_if_fail (INB_IS_TOASTER (self) && text != NULL);

  title = g_markup_escape_text (text, -1);
  if (self->toast != NULL && now - self->toast_since > TOAST_REUSE_SECONDS * G_TIME_SPAN_SECOND)
    {
      g_autoptr (AdwToast) old = g_steal_pointer (&self->toast);

      adw_toast_dismiss (old);
    }
  fresh = self->toast == NULL;
  if (fresh)
    {
      self->toast_since = now;
      self->toast = g_object_ref_sink (adw_toast_new (title));
      adw_toast_set_timeout (self->toast, TOAST_SECONDS);
      g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (on_toast_dismissed), self, 0);
    }
  else
    {
      adw_toast_set_title (self->toast, title);
    }

  if (lead_id != NULL)
    {
      adw_toast_set_button_label (self->toast, _("Open"));
      adw_toast_set_action_name (self->toast, "win.open-lead");
      adw_toast_set_action_target (self->toast, "s", lead_id);
    }
  else
    {
      adw_toast_set_button_label (self->toast, NULL);
    }
  if (fresh)
    adw_toast_overlay_add_toast (self->overlay, g_object_ref (self->toast));
}
