#define G_LOG_DOMAIN "inb-app"

#include "inb-connect-page-private.h"

#include "inb-accessible.h"

#include <glib/gi18n.h>

static guint done_signal;

G_DEFINE_FINAL_TYPE (InbConnectPage, inb_connect_page, ADW_TYPE_BIN)

void
inb_connect_page_show (InbConnectPage *self,
                       const char     *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
}

void
inb_connect_page_renew_cancellable (InbConnectPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

void
inb_connect_page_finish (InbConnectPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->token), "");
  g_signal_emit (self, done_signal, 0);
}

/* --- this computer ------------------------------------------------------------------------------------------------------ */

static void
on_step (InbConnectPage *self)
{
  switch (inb_service_starter_get_step (self->starter))
    {
    case INB_SERVICE_STARTER_STARTING:
      gtk_label_set_text (self->progress_text, _("Starting the service. The first time this takes some seconds."));
      break;
    case INB_SERVICE_STARTER_FILLING:
      gtk_label_set_text (self->progress_text, _("Making the first workspace"));
      break;
    case INB_SERVICE_STARTER_IDLE:
    default:
      break;
    }
}

static void
on_started (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbConnectPage) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_spinner_stop (self->progress_spinner);
  if (inb_service_starter_run_finish (self->starter, result, &error) && inb_workspaces_open_local (self->workspaces, &error))
    {
      inb_connect_page_finish (self);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      inb_connect_page_show (self, "choice");
      return;
    }

  gtk_label_set_text (self->failure_text, error->message);
  inb_connect_page_show (self, "failure");
}

static void
use_local (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  InbConnectPage *self = INB_CONNECT_PAGE (widget);

  if (inb_workspaces_open_local (self->workspaces, NULL))
    {
      inb_connect_page_finish (self);
      return;
    }
  if (inb_service_starter_get_step (self->starter) != INB_SERVICE_STARTER_IDLE)
    return;

  inb_connect_page_renew_cancellable (self);
  gtk_spinner_start (self->progress_spinner);
  inb_connect_page_show (self, "progress");
  inb_service_starter_run_async (self->starter, self->cancellable, on_started, g_object_ref (self));
}

/* --- from page to page ------------------------------------------------------------------------------------------------- */

static void
use_server (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  inb_connect_page_show_form (INB_CONNECT_PAGE (widget), "");
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  InbConnectPage *self = INB_CONNECT_PAGE (widget);

  inb_connect_page_renew_cancellable (self);
  gtk_editable_set_text (GTK_EDITABLE (self->token), "");
  inb_connect_page_show (self, "choice");
}

static void
cancel (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  inb_connect_page_renew_cancellable (INB_CONNECT_PAGE (widget));
  inb_connect_page_finish (INB_CONNECT_PAGE (widget));
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_connect_page_dispose (GObject *object)
{
  InbConnectPage *self = INB_CONNECT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->starter);
  g_clear_object (&self->workspaces);

  G_OBJECT_CLASS (inb_connect_page_parent_class)->dispose (object);
}

static void
inb_connect_page_finalize (GObject *object)
{
  g_clear_object (&INB_CONNECT_PAGE (object)->cancellable);

  G_OBJECT_CLASS (inb_connect_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, stack);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, local);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, local_hint);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, remote);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, note);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, address);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, workspace);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, token);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, address_hint);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, connect);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, connect_spinner);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, problem);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, problem_title);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, problem_advice);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, problem_details);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, problem_text);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, progress_spinner);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, progress_text);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, failure);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, failure_text);
}

static void
inb_connect_page_class_init (InbConnectPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_connect_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_connect_page_finalize;

  done_signal = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "connect.use-local", NULL, use_local);
  gtk_widget_class_install_action (widget_class, "connect.use-server", NULL, use_server);
  gtk_widget_class_install_action (widget_class, "connect.server", NULL, inb_connect_page_connect_server);
  gtk_widget_class_install_action (widget_class, "connect.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "connect.cancel", NULL, cancel);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-connect-page.ui");
  bind_children (widget_class);
}

static void
inb_connect_page_init (InbConnectPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->starter = inb_service_starter_new ();
  g_signal_connect_object (self->starter, "step-changed", G_CALLBACK (on_step), self, G_CONNECT_SWAPPED);
  inb_accessible_follow_stack (self->stack);
  inb_connect_page_init_form (self);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

void
inb_connect_page_set_workspaces (InbConnectPage *self,
                                 InbWorkspaces  *workspaces)
{
  g_return_if_fail (INB_IS_CONNECT_PAGE (self));

  g_set_object (&self->workspaces, workspaces);
}

static void
prepare (InbConnectPage *self,
         gboolean        cancellable)
{
  gboolean possible = inb_service_starter_is_possible ();

  gtk_widget_set_visible (GTK_WIDGET (self->cancel), cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self->local), possible);
  gtk_widget_set_visible (GTK_WIDGET (self->local_hint), !possible);
}

void
inb_connect_page_start (InbConnectPage *self,
                        gboolean        cancellable)
{
  g_return_if_fail (INB_IS_CONNECT_PAGE (self));

  prepare (self, cancellable);
  inb_connect_page_show (self, "choice");
}

void
inb_connect_page_fill (InbConnectPage       *self,
                       const InbConnectLink *link,
                       gboolean              cancellable)
{
  g_return_if_fail (INB_IS_CONNECT_PAGE (self) && link != NULL);

  prepare (self, cancellable);
  gtk_editable_set_text (GTK_EDITABLE (self->address), link->server);
  gtk_editable_set_text (GTK_EDITABLE (self->workspace), link->workspace_id != NULL ? link->workspace_id : "");
  gtk_editable_set_text (GTK_EDITABLE (self->token), link->token != NULL ? link->token : "");
  inb_connect_page_show_form (self, _("A link has filled this in. Connect only if you trust who sent it."));
}

void
inb_connect_page_sign_in (InbConnectPage      *self,
                          const InbConnection *connection,
                          gboolean             cancellable)
{
  g_return_if_fail (INB_IS_CONNECT_PAGE (self) && connection != NULL);

  prepare (self, cancellable);
  gtk_editable_set_text (GTK_EDITABLE (self->address), connection->server);
  gtk_editable_set_text (GTK_EDITABLE (self->workspace), connection->workspace_id);
  gtk_editable_set_text (GTK_EDITABLE (self->token), "");
  inb_connect_page_show_form (self, _("Its token is missing or not valid any more. Enter another one."));
}
