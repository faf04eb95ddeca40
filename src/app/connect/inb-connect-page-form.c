#define G_LOG_DOMAIN "inb-app"

#include "inb-connect-page-private.h"
#include "inb-probe-text.h"

#include <glib/gi18n.h>

char *
inb_connect_page_dup_text (gpointer row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* "leads.example.org" means https. */
char *
inb_connect_page_dup_address (InbConnectPage *self)
{
  g_autofree char *text = inb_connect_page_dup_text (self->address);

  while (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';
  if (*text != '\0' && strstr (text, "://") == NULL)
    return g_strconcat ("https://", text, NULL);

  return g_steal_pointer (&text);
}

static void
set_wrong (gpointer row,
           gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static gboolean
is_public_http (const char *address)
{
  return g_str_has_prefix (address, "http://") && !g_str_has_prefix (address, "http://127.") &&
         !g_str_has_prefix (address, "http://localhost") && !g_str_has_prefix (address, "http://[::1]");
}

void
inb_connect_page_validate (InbConnectPage *self)
{
  g_autofree char *address = inb_connect_page_dup_address (self);
  g_autofree char *token = inb_connect_page_dup_text (self->token);
  gboolean address_fits = *address != '\0' && inb_sync_account_check_server (address, NULL);
  gboolean token_fits = *token != '\0' && inb_sync_account_check_token (token, NULL);

  set_wrong (self->address, *address != '\0' && !address_fits);
  set_wrong (self->token, *token != '\0' && !token_fits);
  if (*address != '\0' && !address_fits)
    gtk_label_set_text (self->address_hint, _("An address looks like https://leads.example.org"));
  else if (*token != '\0' && !token_fits)
    gtk_label_set_text (self->address_hint, _("A token has no spaces"));
  else if (is_public_http (address))
    gtk_label_set_text (self->address_hint, _("Without https others on the way can read the token and the leads"));
  else
    gtk_label_set_text (self->address_hint, "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.server", address_fits && token_fits);
}

void
inb_connect_page_set_busy (InbConnectPage *self,
                           gboolean        busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->address), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->workspace), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->token), !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.server", !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->connect_spinner), busy);
  gtk_spinner_set_spinning (self->connect_spinner, busy);
}

/* The keyboard to the field that has to be looked at. */
static void
focus_wrong (InbConnectPage *self,
             const GError   *error)
{
  if (g_error_matches (error, INB_SYNC_PROBE_ERROR, INB_SYNC_PROBE_TOKEN))
    gtk_widget_grab_focus (GTK_WIDGET (self->token));
  else if (g_error_matches (error, INB_SYNC_PROBE_ERROR, INB_SYNC_PROBE_WORKSPACE))
    gtk_widget_grab_focus (GTK_WIDGET (self->workspace));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

void
inb_connect_page_show_problem (InbConnectPage *self,
                               const GError   *error)
{
  const char *advice;
  const char *title = inb_probe_text_get (error, &advice);

  gtk_label_set_text (self->problem_title, title);
  gtk_label_set_text (self->problem_advice, advice);
  gtk_label_set_text (self->problem_text, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  focus_wrong (self, error);
}

void
inb_connect_page_show_form (InbConnectPage *self,
                            const char     *note)
{
  inb_connect_page_renew_cancellable (self);
  inb_connect_page_set_busy (self, FALSE);
  gtk_label_set_text (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *note != '\0');
  inb_connect_page_show (self, "server");
  inb_connect_page_validate (self);
  gtk_widget_grab_focus (*gtk_editable_get_text (GTK_EDITABLE (self->address)) == '\0' ? GTK_WIDGET (self->address)
                                                                                       : GTK_WIDGET (self->token));
}

static void
on_row_activated (InbConnectPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "connect.server", NULL);
}

static void
follow_row (InbConnectPage *self,
            GtkWidget      *row)
{
  g_signal_connect_object (row, "changed", G_CALLBACK (inb_connect_page_validate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_row_activated), self, G_CONNECT_SWAPPED);
}

void
inb_connect_page_init_form (InbConnectPage *self)
{
  follow_row (self, GTK_WIDGET (self->address));
  follow_row (self, GTK_WIDGET (self->token));
  follow_row (self, GTK_WIDGET (self->workspace));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.server", FALSE);
}
