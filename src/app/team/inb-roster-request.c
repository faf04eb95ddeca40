#define G_LOG_DOMAIN "inb-app"

#include "inb-roster-request.h"

#include "inb-request-text.h"

#include <glib/gi18n.h>

struct _InbRosterRequest {
  /* Owned */
  InbRoster            *roster;
  GtkWidget            *page;
  char                 *path;
  GString              *body;
  char                 *conflict;

  /* Static */
  const char           *method;
  InbRosterRequestDone  done;
};

static void
clear (gpointer data)
{
  InbRosterRequest *self = data;

  g_object_unref (self->roster);
  g_object_unref (self->page);
  g_free (self->path);
  if (self->body != NULL)
    g_string_free (self->body, TRUE);
  g_free (self->conflict);
}

static void
inb_roster_request_unref (gpointer data)
{
  g_rc_box_release_full (data, clear);
}

InbRosterRequest *
inb_roster_request_new (InbRoster            *roster,
                        GtkWidget            *page,
                        const char           *method,
                        char                 *path,
                        GString              *body,
                        const char           *conflict,
                        InbRosterRequestDone  done)
{
  InbRosterRequest *self = g_rc_box_new0 (InbRosterRequest);

  self->roster = g_object_ref (roster);
  self->page = g_object_ref_sink (page);
  self->method = method;
  self->path = path;
  self->body = body;
  self->conflict = g_strdup (conflict);
  self->done = done;

  return self;
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  InbRosterRequest *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = inb_roster_send_finish (INB_ROSTER (source), result, &error);
  g_autofree char *problem = answer == NULL ? inb_request_text_describe (error, self->conflict, NULL) : NULL;

  /* A page that was left has nobody to tell. */
  if (gtk_widget_get_root (self->page) != NULL)
    self->done (self->page, answer != NULL, problem);
  inb_roster_request_unref (self);
}

void
inb_roster_request_send (InbRosterRequest *self)
{
  inb_roster_send_async (self->roster, self->method, self->path, g_steal_pointer (&self->body), NULL, on_sent, self);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             InbRosterRequest *self)
{
  if (g_str_equal (response, "do"))
    {
      inb_roster_request_send (g_rc_box_acquire (self));
      return;
    }

  if (gtk_widget_get_root (self->page) != NULL)
    self->done (self->page, FALSE, NULL);
}

static void
on_question_gone (gpointer  data,
                  GClosure *closure)
{
  inb_roster_request_unref (data);
}

void
inb_roster_request_ask (InbRosterRequest *self,
                        const char       *heading,
                        const char       *text,
                        const char       *label)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (self->page)), heading, text));

  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "do", label, NULL);
  adw_message_dialog_set_response_appearance (dialog, "do", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  /* The window may go with the question, unanswered. */
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), self, on_question_gone, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
