/* One thread with a queue of tasks. A task that was cancelled while it waited is dropped. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbWorker InbWorker;

InbWorker *inb_worker_new  (const char      *name);
void       inb_worker_push (InbWorker       *self,
                            GTask           *task,
                            GTaskThreadFunc  func);
void       inb_worker_free (InbWorker       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbWorker, inb_worker_free)

G_END_DECLS
