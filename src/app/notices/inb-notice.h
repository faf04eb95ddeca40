/* What a notification says and does. Its actions are actions of the application with one string, so that they also work after
 * the program was ended and started again by a click.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  INB_NOTICE_LOW,
  INB_NOTICE_NORMAL,
  INB_NOTICE_HIGH     /* seen longer, but it goes by itself */
} InbNoticeUrgency;

#define INB_NOTICE_MAX_BUTTONS 3

typedef struct {
  char *label;        /* NULL of the default action: a click on the notification */
  char *action;       /* "open-lead" */
  char *target;
} InbNoticeAction;

typedef struct {
  char             *id;      /* a later one with the same id takes its place */
  char             *title;
  char             *body;    /* plain text */
  InbNoticeUrgency  urgency;
  gboolean          is_silent;
  InbNoticeAction   click;   /* its action NULL: nothing happens */
  InbNoticeAction   buttons[INB_NOTICE_MAX_BUTTONS];
  guint             n_buttons;
} InbNotice;

InbNotice *inb_notice_new        (const char      *id,
                                  const char      *title,
                                  const char      *body);
InbNotice *inb_notice_copy       (const InbNotice *self);
void       inb_notice_free       (InbNotice       *self);
void       inb_notice_set_click  (InbNotice       *self,
                                  const char      *action,
                                  const char      *target);
void       inb_notice_add_button (InbNotice       *self,
                                  const char      *label,
                                  const char      *action,
                                  const char      *target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbNotice, inb_notice_free)

G_END_DECLS
