/* POST /webhooks/{id}: authenticates, takes the body apart, hands each event to the writer, and answers when all are stored.
 * Main loop only.
 */
#pragma once

#include "inb-http-server.h"
#include "inb-writer.h"

G_BEGIN_DECLS

#define INB_TYPE_WEBHOOK_HANDLER (inb_webhook_handler_get_type ())
G_DECLARE_FINAL_TYPE (InbWebhookHandler, inb_webhook_handler, INB, WEBHOOK_HANDLER, GObject)

InbWebhookHandler *inb_webhook_handler_new      (InbDirectory      *directory,
                                                 InbWriter         *writer);
/* Adds the routes; @self must outlive the server. */
void               inb_webhook_handler_register (InbWebhookHandler *self,
                                                 InbHttpServer     *server);

G_END_DECLS
