#define G_LOG_DOMAIN "inb-app"

#include "inb-token-page.h"

#include "inb-connect-link.h"

#include <glib/gi18n.h>
#include <string.h>

struct _InbTokenPage {
  AdwBin               parent_instance;

  /* Template */
  AdwPreferencesGroup *group;
  GtkButton           *copy_all;
  AdwActionRow        *link_row;
  AdwActionRow        *server_row;
  AdwActionRow        *token_row;
  GtkWidget           *near_note;
  GtkLabel            *copied_note;

  /* Owned */
  char                *message;
  char                *link;
  char                *server;
  char                *token;

  gboolean             copied;
};

G_DEFINE_FINAL_TYPE (InbTokenPage, inb_token_page, ADW_TYPE_BIN)

static void
copy (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  InbTokenPage *self = INB_TOKEN_PAGE (widget);
  const char *what = g_variant_get_string (parameter, NULL);
  const char *text = g_str_equal (what, "link") ? self->link : g_str_equal (what, "server") ? self->server
                     : g_str_equal (what, "token") ? self->token : self->message;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  self->copied |= text != self->server;
  gtk_label_set_text (self->copied_note, g_str_equal (what, "link") ? _("The link is copied.")
                                         : g_str_equal (what, "server") ? _("The address is copied.")
                                         : g_str_equal (what, "token") ? _("The token is copied.") : _("The message is copied."));
}

/* Such an address leads everybody else to their own computer. */
static gboolean
is_near (const char *server)
{
  return g_str_has_prefix (server, "http://");
}

static void
forget (InbTokenPage *self)
{
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->token, g_free);
}

static void
inb_token_page_finalize (GObject *object)
{
  forget (INB_TOKEN_PAGE (object));

  G_OBJECT_CLASS (inb_token_page_parent_class)->finalize (object);
}

static void
inb_token_page_class_init (InbTokenPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_token_page_finalize;

  gtk_widget_class_install_action (widget_class, "token.copy", "s", copy);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-token-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbTokenPage, group);
  gtk_widget_class_bind_template_child (widget_class, InbTokenPage, copy_all);
  gtk_widget_class_bind_template_child (widget_class, InbTokenPage, link_row);
  gtk_widget_class_bind_template_child (widget_class, InbTokenPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, InbTokenPage, token_row);
  gtk_widget_class_bind_template_child (widget_class, InbTokenPage, near_note);
  gtk_widget_class_bind_template_child (widget_class, InbTokenPage, copied_note);
}

static void
inb_token_page_init (InbTokenPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

void
inb_token_page_show (InbTokenPage *self,
                     const char   *name,
                     const char   *workspace,
                     const char   *link)
{
  g_autoptr (InbConnectLink) parts = inb_connect_link_parse (link, NULL);
  const char *hash = strchr (link, '#');
  g_autofree char *title = g_strdup_printf (_("Access for %s"), name);

  g_return_if_fail (INB_IS_TOKEN_PAGE (self) && hash != NULL);

  forget (self);
  self->link = g_strdup (link);
  self->server = g_strdup (parts != NULL ? parts->server : link);
  self->token = g_strdup (hash + 1);
  self->copied = FALSE;
  /* Translators: sent to a colleague. "%s" are the workspace, the link, the address and the token. */
  self->message = g_strdup_printf (_("You can work with the leads of “%s”.\n\n"
                                     "1. Install “Inbound Leads” and start it.\n"
                                     "2. Open this link, or choose “Connect To…” in the app and paste it as the address:\n%s\n\n"
                                     "If you are asked: the address is %s, the token is %s\n\n"
                                     "The token is like a password, and is yours alone: do not pass it on."),
                                   workspace, self->link, self->server, self->token);
  adw_preferences_group_set_title (self->group, title);
  adw_action_row_set_subtitle (self->link_row, self->link);
  adw_action_row_set_subtitle (self->server_row, self->server);
  adw_action_row_set_subtitle (self->token_row, self->token);
  gtk_widget_set_visible (self->near_note, is_near (self->server));
  gtk_label_set_text (self->copied_note, "");
}

gboolean
inb_token_page_get_copied (InbTokenPage *self)
{
  g_return_val_if_fail (INB_IS_TOKEN_PAGE (self), FALSE);

  return self->copied;
}

void
inb_token_page_focus (InbTokenPage *self)
{
  g_return_if_fail (INB_IS_TOKEN_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->copy_all));
}
