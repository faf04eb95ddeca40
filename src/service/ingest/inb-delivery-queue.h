/* What waits for the writer: a queue per workspace, served round robin, so that one busy workspace never keeps another
 * waiting. Bounded per workspace and in all, and in bytes: a sender that has gone left its body here. Thread-safe.
 */
#pragma once

#include "inb-delivery.h"

G_BEGIN_DECLS

#define INB_DELIVERY_QUEUE_MAX_WORKSPACE 4096
#define INB_DELIVERY_QUEUE_MAX 16384
#define INB_DELIVERY_QUEUE_MAX_BYTES (32 * 1024 * 1024)

typedef struct _InbDeliveryQueue InbDeliveryQueue;

InbDeliveryQueue *inb_delivery_queue_new   (void);
void              inb_delivery_queue_free  (InbDeliveryQueue  *self);
gboolean          inb_delivery_queue_push  (InbDeliveryQueue  *self,
                                            InbDelivery      **deliveries,
                                            guint              n_deliveries,
                                            GError           **error);
GPtrArray        *inb_delivery_queue_take  (InbDeliveryQueue  *self,
                                            guint              max,
                                            gint64             timeout);
void              inb_delivery_queue_close (InbDeliveryQueue  *self);
guint             inb_delivery_queue_get_length (InbDeliveryQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDeliveryQueue, inb_delivery_queue_free)

G_END_DECLS
