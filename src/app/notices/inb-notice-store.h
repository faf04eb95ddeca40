/* What notifications have to remember from one start of the program to the next: which leads were snoozed until when, which
 * follow-ups were told, and what came in during quiet hours. Ids and times only; one small file per workspace, beside its
 * replica. Written soon after a change, on a thread; what is still unwritten when it is freed is written then.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define INB_TYPE_NOTICE_STORE (inb_notice_store_get_type ())
G_DECLARE_FINAL_TYPE (InbNoticeStore, inb_notice_store, INB, NOTICE_STORE, GObject)

/* @path: a file that may be missing; what cannot be read in it is forgotten with a warning. */
InbNoticeStore *inb_notice_store_new             (const char      *path);

/* Times are microseconds. A lead that was snoozed before is snoozed anew. */
void            inb_notice_store_snooze          (InbNoticeStore  *self,
                                                  const char      *lead_id,
                                                  gint64           until);
/* INB_TIME_NONE when none is snoozed. */
gint64          inb_notice_store_get_next_snooze (InbNoticeStore  *self);
/* (transfer full): the leads that were snoozed until @now or earlier; they are not any more. */
GStrv           inb_notice_store_take_snoozed    (InbNoticeStore  *self,
                                                  gint64           now);

/* Whether that follow-up was told; from now on it was. */
gboolean        inb_notice_store_tell            (InbNoticeStore  *self,
                                                  const char      *lead_id,
                                                  gint64           at);
void            inb_notice_store_forget_told     (InbNoticeStore  *self,
                                                  gint64           before);
/* When this was asked first: @now the first time. */
gint64          inb_notice_store_get_first       (InbNoticeStore  *self,
                                                  gint64           now);
/* When follow-ups were last looked for; INB_TIME_NONE: never. */
gint64          inb_notice_store_get_checked     (InbNoticeStore  *self);
void            inb_notice_store_set_checked     (InbNoticeStore  *self,
                                                  gint64           now);

/* Whose workspace it is: known also while there is no connection. NULL: not known. */
char           *inb_notice_store_get_user_id     (InbNoticeStore  *self);
void            inb_notice_store_set_user_id     (InbNoticeStore  *self,
                                                  const char      *user_id);

/* How many came in during quiet hours, and when the first of them was made. */
guint           inb_notice_store_get_quiet       (InbNoticeStore  *self,
                                                  gint64          *since);
void            inb_notice_store_add_quiet       (InbNoticeStore  *self,
                                                  gint64           created_at);
void            inb_notice_store_clear_quiet     (InbNoticeStore  *self);

/* Writes at once what is not written yet. */
void            inb_notice_store_flush           (InbNoticeStore  *self);

G_END_DECLS
