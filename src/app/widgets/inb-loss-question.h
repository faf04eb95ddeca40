/* The question before a window closes in which something would be lost. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* From now on @window may close without a question, and is about to. */
typedef void (*InbLossAgreed) (GtkWindow *window);

/* Closes @window if the user agrees. @label: of the button that does, with a mnemonic. All are translated. */
void inb_loss_question_ask (GtkWindow     *window,
                            const char    *heading,
                            const char    *body,
                            const char    *label,
                            InbLossAgreed  agreed);

G_END_DECLS
