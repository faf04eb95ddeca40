#define G_LOG_DOMAIN "inb-app"

#include "inb-loss-question.h"

#include <glib/gi18n.h>

#define AGREED "inb-loss-agreed"

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             GtkWindow        *window)
{
  InbLossAgreed agreed = (InbLossAgreed) g_object_get_data (G_OBJECT (dialog), AGREED);

  if (!g_str_equal (response, "close"))
    return;

  /* It outlives its answer, and would let go of a parent that is no more. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  agreed (window);
  gtk_window_close (window);
}

void
inb_loss_question_ask (GtkWindow     *window,
                       const char    *heading,
                       const char    *body,
                       const char    *label,
                       InbLossAgreed  agreed)
{
  AdwMessageDialog *dialog;

  g_return_if_fail (GTK_IS_WINDOW (window) && agreed != NULL);

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, heading, body));
  g_object_set_data (G_OBJECT (dialog), AGREED, (gpointer) agreed);
  adw_message_dialog_add_responses (dialog, "back", _("_Back"), "close", label, NULL);
  adw_message_dialog_set_response_appearance (dialog, "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "back");
  adw_message_dialog_set_close_response (dialog, "back");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
