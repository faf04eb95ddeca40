#define G_LOG_DOMAIN "inb-app"

#include "inb-notice.h"

static void
action_set (InbNoticeAction *self,
            const char      *label,
            const char      *action,
            const char      *target)
{
  self->label = g_strdup (label);
  self->action = g_strdup (action);
  self->target = g_strdup (target);
}

static void
action_clear (InbNoticeAction *self)
{
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->action, g_free);
  g_clear_pointer (&self->target, g_free);
}

InbNotice *
inb_notice_new (const char *id,
                const char *title,
                const char *body)
{
  InbNotice *self = g_new0 (InbNotice, 1);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->body = g_strdup (body);
  self->urgency = INB_NOTICE_NORMAL;

  return self;
}

/**
 * inb_notice_copy:
 *
 * Returns: (transfer full): a deep copy
 */
InbNotice *
inb_notice_copy (const InbNotice *self)
{
  InbNotice *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = inb_notice_new (self->id, self->title, self->body);
  copy->urgency = self->urgency;
  copy->is_silent = self->is_silent;
  action_set (&copy->click, self->click.label, self->click.action, self->click.target);
  for (guint i = 0; i < self->n_buttons; i++)
    action_set (&copy->buttons[i], self->buttons[i].label, self->buttons[i].action, self->buttons[i].target);
  copy->n_buttons = self->n_buttons;

  return copy;
}

void
inb_notice_free (InbNotice *self)
{
  if (self == NULL)
    return;

  action_clear (&self->click);
  for (guint i = 0; i < self->n_buttons; i++)
    action_clear (&self->buttons[i]);
  g_free (self->id);
  g_free (self->title);
  g_free (self->body);
  g_free (self);
}

void
inb_notice_set_click (InbNotice  *self,
                      const char *action,
                      const char *target)
{
  g_return_if_fail (self != NULL && action != NULL && target != NULL);

  action_clear (&self->click);
  action_set (&self->click, NULL, action, target);
}

void
inb_notice_add_button (InbNotice  *self,
                       const char *label,
                       const char *action,
                       const char *target)
{
  g_return_if_fail (self != NULL && self->n_buttons < INB_NOTICE_MAX_BUTTONS);

  action_set (&self->buttons[self->n_buttons++], label, action, target);
}
