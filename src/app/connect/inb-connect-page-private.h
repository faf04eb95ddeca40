/* What the page's parts share: inb-connect-page.c leads from choice to choice and starts the service on this computer,
 * inb-connect-page-form.c has the fields for a server, inb-connect-page-server.c tries it and keeps its token.
 */
#pragma once

#include "inb-connect-page.h"
#include "inb-service-starter.h"

G_BEGIN_DECLS

struct _InbConnectPage {
  AdwBin              parent_instance;

  /* Template */
  GtkStack           *stack;
  GtkButton          *local;
  GtkLabel           *local_hint;
  GtkButton          *remote;
  GtkButton          *cancel;
  GtkLabel           *note;
  AdwEntryRow        *address;
  AdwEntryRow        *workspace;
  AdwPasswordEntryRow *token;
  GtkLabel           *address_hint;
  GtkButton          *connect;
  GtkSpinner         *connect_spinner;
  GtkBox             *problem;
  GtkLabel           *problem_title;
  GtkLabel           *problem_advice;
  GtkExpander        *problem_details;
  GtkLabel           *problem_text;
  GtkSpinner         *progress_spinner;
  GtkLabel           *progress_text;
  AdwStatusPage      *failure;
  GtkLabel           *failure_text;

  /* Owned */
  InbWorkspaces      *workspaces;
  InbServiceStarter  *starter;
  GCancellable       *cancellable;
};

void  inb_connect_page_show              (InbConnectPage *self,
                                          const char     *name);
/* What was asked before is not waited for any more. */
void  inb_connect_page_renew_cancellable (InbConnectPage *self);
/* Emits "done". */
void  inb_connect_page_finish            (InbConnectPage *self);

/* The fields */
void  inb_connect_page_init_form         (InbConnectPage *self);
void  inb_connect_page_show_form         (InbConnectPage *self,
                                          const char     *note);
/* (transfer full): as entered, stripped. */
char *inb_connect_page_dup_text          (gpointer        row);
char *inb_connect_page_dup_address       (InbConnectPage *self);
void  inb_connect_page_validate          (InbConnectPage *self);
void  inb_connect_page_set_busy          (InbConnectPage *self,
                                          gboolean        busy);
void  inb_connect_page_show_problem      (InbConnectPage *self,
                                          const GError   *error);

/* The action connect.server */
void  inb_connect_page_connect_server    (GtkWidget      *widget,
                                          const char     *action_name,
                                          GVariant       *parameter);

G_END_DECLS
