#define G_LOG_DOMAIN "inb-app"

#include "inb-probe-text.h"

#include <glib/gi18n.h>

static const struct {
  const char *title;
  const char *advice;
} texts[] = {
  [INB_SYNC_PROBE_NO_HOST] = { N_("There Is No Such Server"), N_("Look for a typing mistake in the address.") },
  [INB_SYNC_PROBE_REFUSED] = { N_("Nothing Answers There"),
                               N_("The computer is there, but no service at this port. See that it runs and that the port is right.") },
  [INB_SYNC_PROBE_TIMEOUT] = { N_("No Answer"), N_("The server did not answer in time. Are you online, and in the right network?") },
  [INB_SYNC_PROBE_TLS] = { N_("The Connection Is Not Secure"),
                           N_("The server's certificate cannot be trusted. Whoever runs it has to see to that.") },
  [INB_SYNC_PROBE_TOKEN] = { N_("The Token Is Refused"), N_("It is mistyped, expired or revoked. Ask for a new one.") },
  [INB_SYNC_PROBE_WORKSPACE] = { N_("The Token Is for Another Workspace"),
                                 N_("Leave the workspace empty: the token knows its own.") },
  [INB_SYNC_PROBE_NOT_OURS] = { N_("This Is Another Kind of Server"),
                                N_("Something answers, but not as an Inbound Leads service. Look at the address and the port.") },
  [INB_SYNC_PROBE_UNAVAILABLE] = { N_("The Service Is Busy"), N_("It is there, but cannot answer now. Try again in a moment.") },
  [INB_SYNC_PROBE_OTHER] = { N_("Cannot Connect"), N_("See the details.") },
};

/**
 * inb_probe_text_get:
 * @error: of inb_sync_probe_finish()
 * @advice: (out): what to do about it
 *
 * Returns: what it is
 */
const char *
inb_probe_text_get (const GError  *error,
                    const char   **advice)
{
  guint index = INB_SYNC_PROBE_OTHER;

  if (error->domain == INB_SYNC_PROBE_ERROR && error->code >= 0 && error->code < (int) G_N_ELEMENTS (texts))
    index = (guint) error->code;
  *advice = _(texts[index].advice);

  return _(texts[index].title);
}
