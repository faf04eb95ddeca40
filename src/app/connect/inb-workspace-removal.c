#define G_LOG_DOMAIN "inb-app"

#include "inb-workspace-removal.h"

#include <glib/gi18n.h>

#define KEEP "keep"
#define REMOVE "remove"

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             InbWorkspaces    *workspaces)
{
  gboolean keep = g_str_equal (response, KEEP);

  if (keep || g_str_equal (response, REMOVE))
    inb_workspaces_remove_current (workspaces, !keep);
}

/* Also those that the user has still to settle. */
static guint
count_unsent (InbSession *session)
{
  InbOutboxCounts counts = inb_replica_get_outbox_counts (inb_session_get_replica (session));

  return counts.n_waiting + counts.n_conflicts + counts.n_rejected;
}

static char *
describe (guint n_unsent)
{
  const char *what = _("Its copy and its token are deleted here. The service keeps every lead.");
  g_autofree char *unsent = NULL;

  if (n_unsent == 0)
    return g_strdup (what);

  unsent = g_strdup_printf (ngettext ("%u change of yours has not reached the service. Kept, it is sent when you connect to this "
                                      "workspace again here; else it is lost.",
                                      "%u changes of yours have not reached the service. Kept, they are sent when you connect to this "
                                      "workspace again here; else they are lost.", n_unsent), n_unsent);

  return g_strdup_printf ("%s\n\n%s", what, unsent);
}

void
inb_workspace_removal_ask (GtkWindow     *parent,
                           InbWorkspaces *workspaces)
{
  InbSession *session = inb_workspaces_get_session (workspaces);
  guint n_unsent = count_unsent (session);
  const char *name = inb_session_get_name (session);
  g_autofree char *text = describe (n_unsent);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, NULL, text));

  adw_message_dialog_format_heading (dialog, _("Remove “%s” From This Computer?"),
                                     name != NULL ? name : inb_session_get_account (session)->workspace_id);
  adw_message_dialog_add_response (dialog, "cancel", _("_Cancel"));
  if (n_unsent > 0)
    adw_message_dialog_add_response (dialog, KEEP, _("Remove, _Keep Changes"));
  adw_message_dialog_add_response (dialog, REMOVE, n_unsent > 0 ? _("Remove and _Lose Changes") : _("_Remove"));
  adw_message_dialog_set_response_appearance (dialog, REMOVE, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), workspaces, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
