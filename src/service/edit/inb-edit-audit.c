#define G_LOG_DOMAIN "inb-service"

#include "inb-edit-audit.h"

#include "inb-sql.h"
#include "inb-time.h"

gboolean
inb_edit_audit_send (InbWrite          *write,
                     const InbSession  *session,
                     const char        *id,
                     const char        *action,
                     const char        *details,
                     guint             *n_statements,
                     GError           **error)
{
  g_autofree char *now = inb_time_format (write->now);
  const char *params[] = { write->workspace_id, id, now, session->user_id, session->user_name, action, "lead", details };

  *n_statements += 1;

  return inb_db_send (write->db, inb_sql_get ("edit/insert-audit"), G_N_ELEMENTS (params), params, error);
}
