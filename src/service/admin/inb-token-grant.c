#define G_LOG_DOMAIN "inb-service"

#include "inb-token-grant.h"

#include "inb-admin-fields.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-time.h"

#include <string.h>

#define MAX_NAME 100
#define MAX_WORD 40
#define DEFAULT_NAME "Desktop"

void
inb_token_grant_clear (InbTokenGrant *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->expires_at, g_free);
}

static gboolean
read_expiry (InbTokenGrant  *self,
             JsonObject     *body,
             gint64          now,
             GError        **error)
{
  g_autofree char *text = NULL;
  gint64 end;

  if (!inb_admin_read_text (body, "expires_at", MAX_WORD, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (!inb_time_parse (text, &end) || end <= now)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE,
                           "expires_at must be a time to come such as 2030-01-31T00:00:00Z, or null for a token that is valid until it is revoked");
      return FALSE;
    }
  self->expires_at = inb_time_format (end);

  return TRUE;
}

gboolean
inb_token_grant_read (InbTokenGrant  *self,
                      JsonObject     *body,
                      const char     *name,
                      const char     *role,
                      gint64          now,
                      GError        **error)
{
  g_autofree char *role_name = NULL;

  if (!inb_admin_read_text (body, name, MAX_NAME, &self->name, error)
      || !inb_admin_read_text (body, role, MAX_WORD, &role_name, error)
      || !read_expiry (self, body, now, error))
    return FALSE;
  if (role_name != NULL && !inb_role_from_name (role_name, &self->role))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "%s must be viewer, agent, manager or owner", role);
      return FALSE;
    }
  if (self->name == NULL)
    self->name = g_strdup (DEFAULT_NAME);

  return TRUE;
}

/* What the app's "Connect" takes; it asks this computer by http and others by https. */
static char *
make_link (const char *server,
           const char *workspace_id,
           const char *token)
{
  const char *place = strstr (server, "://");

  return g_strdup_printf ("inbound-leads://%s/%s#%s", place == NULL ? server : place + strlen ("://"), workspace_id, token);
}

GString *
inb_token_grant_make (InbTokenGrant  *self,
                      InbAdmin       *admin,
                      const InbRow   *member,
                      const char     *server,
                      GError        **error)
{
  const char *user_id = inb_row_get (member, INB_MEMBER_USER_ID);
  g_autofree char *token = NULL;
  g_autofree char *token_id = NULL;
  g_autofree char *link = NULL;
  GString *json;
  InbRole role = INB_ROLE_NONE;

  inb_role_from_name (inb_row_get (member, INB_MEMBER_ROLE), &role);
  if (self->role > role)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "The token’s role cannot be %s: %s is %s only", inb_role_get_name (self->role),
                   inb_row_get (member, INB_MEMBER_NAME), inb_role_get_name (role));
      return NULL;
    }
  if (self->role != INB_ROLE_NONE)
    role = self->role;

  token = inb_member_make_token (admin, user_id, self->name, role, self->expires_at, &token_id);
  link = make_link (server, admin->workspace_id, token);
  json = g_string_new ("{");
  inb_json_append_member (json, "id", token_id);
  inb_json_append_member (json, "user_id", user_id);
  inb_json_append_member (json, "user_name", inb_row_get (member, INB_MEMBER_NAME));
  inb_json_append_member (json, "name", self->name);
  inb_json_append_member (json, "role", inb_role_get_name (role));
  inb_json_append_member (json, "created_at", admin->now_text);
  inb_json_append_member (json, "expires_at", self->expires_at);
  inb_json_append_member (json, "token", token);
  inb_json_append_member (json, "link", link);
  g_string_append_c (json, '}');

  return json;
}
