/* One event of one request on its way through the writer: made on the main loop by the webhook handler, decided and stored on
 * the writer thread, handed back to the main loop with its answer. Never touched by both at once.
 */
#pragma once

#include "inb-directory.h"
#include "inb-payload.h"

G_BEGIN_DECLS

typedef struct _InbDelivery InbDelivery;

typedef void (*InbDeliveryDone) (InbDelivery *delivery,
                                 gpointer     user_data);

struct _InbDelivery {
  /* Owned, set by the handler */
  char       *id;             /* UUIDv7, given before the transaction */
  InbWebhook *webhook;
  InbEvent   *event;          /* NULL when the body could not be read; then error says why */
  GBytes     *body;           /* the event's own bytes */
  GError     *error;
  char       *delivery_key;   /* the sender's, or NULL */
  guint       element;        /* position in the request's array */
  char       *content_type;
  char       *remote_address;
  gint64      received_at;    /* microseconds */

  /* Owned, set by the writer */
  guint       answer_status;
  char       *answer;         /* JSON text */

  /* Borrowed */
  InbDeliveryDone  done;      /* on the main loop; frees or keeps the delivery */
  gpointer         done_data;
};

InbDelivery *inb_delivery_new    (InbWebhook   *webhook,
                                  gint64        received_at);
void         inb_delivery_free   (InbDelivery  *self);
void         inb_delivery_answer (InbDelivery  *self,
                                  guint         status,
                                  const char   *answer);
void         inb_delivery_refuse (InbDelivery  *self,
                                  const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDelivery, inb_delivery_free)

G_END_DECLS
