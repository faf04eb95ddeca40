#define G_LOG_DOMAIN "inb-service"

#include "inb-member-admin.h"

#include "inb-error.h"
#include "inb-mail.h"
#include "inb-uuid.h"

#define TOKEN_PREFIX "inb_"
#define TOKEN_BYTES 32

/* Row level security shows only the user that the transaction names. */
static gboolean
name_user (InbChange   *change,
           const char  *statement,
           const char  *value,
           GError     **error)
{
  g_autoptr (PGresult) set = inb_change_query (change, statement, 1, &value, error);

  return set != NULL;
}

static PGresult *
find_user (InbChange   *change,
           const char  *email_norm,
           GError     **error)
{
  if (!name_user (change, "admin/set-user-email", email_norm, error))
    return NULL;

  return inb_change_query (change, "admin/find-user", 1, &email_norm, error);
}

static char *
insert_user (InbChange   *change,
             const char  *name,
             const char  *email,
             const char  *email_norm,
             GError     **error)
{
  g_autofree char *id = inb_uuid_new_v7 ();
  const char *params[] = { id, name, email, email_norm, email == NULL ? "true" : "false", inb_change_get_now (change) };
  g_autoptr (PGresult) inserted = NULL;

  if (!name_user (change, "admin/set-user-id", id, error))
    return NULL;

  inserted = inb_change_query (change, "admin/insert-user", G_N_ELEMENTS (params), params, error);

  return inserted == NULL ? NULL : g_steal_pointer (&id);
}

static gboolean
insert_member (InbChange   *change,
               const char  *user_id,
               const char  *name,
               const char  *email,
               InbRole      role,
               GError     **error)
{
  g_autoptr (InbRow) row = inb_row_new (INB_KIND_MEMBER);

  inb_row_set (row, INB_MEMBER_WORKSPACE_ID, inb_change_get_workspace (change));
  inb_row_set (row, INB_MEMBER_USER_ID, user_id);
  inb_row_set (row, INB_MEMBER_ROLE, inb_role_get_name (role));
  inb_row_set (row, INB_MEMBER_NAME, name);
  inb_row_set (row, INB_MEMBER_EMAIL, email);
  inb_row_set_boolean (row, INB_MEMBER_IS_SERVICE, email == NULL);
  inb_row_set (row, INB_MEMBER_CREATED_AT, inb_change_get_now (change));
  inb_row_set (row, INB_MEMBER_UPDATED_AT, inb_change_get_now (change));

  return inb_change_insert (change, row, error);
}

static gboolean
revive_member (InbChange   *change,
               const char  *user_id,
               const char  *name,
               const char  *email,
               InbRole      role,
               GError     **error)
{
  const char *params[] = { inb_change_get_workspace (change), user_id, inb_role_get_name (role), name, email,
                           inb_change_get_now (change), inb_change_next_seq (change) };
  g_autoptr (PGresult) revived = inb_change_query (change, "admin/revive-member", G_N_ELEMENTS (params), params, error);

  return revived != NULL;
}

static PGresult *
find_member (InbChange   *change,
             const char  *user_id,
             GError     **error)
{
  const char *params[] = { inb_change_get_workspace (change), user_id };

  return inb_change_query (change, "admin/find-member", G_N_ELEMENTS (params), params, error);
}

static gboolean
put_member (InbChange   *change,
            const char  *user_id,
            const char  *name,
            const char  *email,
            InbRole      role,
            GError     **error)
{
  g_autoptr (PGresult) member = find_member (change, user_id, error);

  if (member == NULL)
    return FALSE;
  if (PQntuples (member) == 0)
    return insert_member (change, user_id, name, email, role, error);
  if (*PQgetvalue (member, 0, 1) == 't')
    return revive_member (change, user_id, name, email, role, error);

  g_set_error (error, INB_ERROR, INB_ERROR_CONFLICT, "%s is in workspace \"%s\" already", email, inb_change_get_workspace (change));

  return FALSE;
}

static char *
normalize_email (const char  *email,
                 GError     **error)
{
  char *email_norm = inb_mail_normalize (email);

  if (email_norm == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "\"%s\" is no mail address", email);

  return email_norm;
}

char *
inb_member_create (InbChange   *change,
                   const char  *name,
                   const char  *email,
                   InbRole      role,
                   GError     **error)
{
  g_autofree char *email_norm = NULL;
  g_autofree char *user_id = NULL;
  g_autofree char *details = g_strdup_printf ("{\"role\":\"%s\"}", inb_role_get_name (role));

  if (email != NULL)
    {
      g_autoptr (PGresult) known = NULL;

      email_norm = normalize_email (email, error);
      known = email_norm == NULL ? NULL : find_user (change, email_norm, error);
      if (known == NULL)
        return NULL;
      if (PQntuples (known) > 0)
        user_id = g_strdup (PQgetvalue (known, 0, 0));
    }

  if (user_id == NULL)
    user_id = insert_user (change, name, email, email_norm, error);
  if (user_id == NULL
      || !put_member (change, user_id, name, email, role, error)
      || !inb_change_audit (change, "user_created", "user", user_id, details, error))
    return NULL;

  return g_steal_pointer (&user_id);
}

char *
inb_member_find (InbChange   *change,
                 const char  *email,
                 InbRole     *role,
                 GError     **error)
{
  g_autofree char *email_norm = normalize_email (email, error);
  g_autoptr (PGresult) user = email_norm == NULL ? NULL : find_user (change, email_norm, error);
  g_autoptr (PGresult) member = NULL;

  if (user == NULL)
    return NULL;
  if (PQntuples (user) > 0)
    {
      member = find_member (change, PQgetvalue (user, 0, 0), error);
      if (member == NULL)
        return NULL;
    }
  if (member == NULL || PQntuples (member) == 0 || *PQgetvalue (member, 0, 1) == 't')
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no user %s in workspace \"%s\"", email, inb_change_get_workspace (change));
      return NULL;
    }

  inb_role_from_name (PQgetvalue (member, 0, 0), role);

  return g_strdup (PQgetvalue (user, 0, 0));
}

char *
inb_member_make_token (InbChange   *change,
                       const char  *user_id,
                       const char  *name,
                       InbRole      role,
                       const char  *expires_at,
                       char       **token_id,
                       GError     **error)
{
  g_autofree char *secret = inb_random_token (TOKEN_BYTES);
  g_autofree char *token = g_strconcat (TOKEN_PREFIX, secret, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  g_autofree char *hash = g_strconcat ("\\x", digest, NULL);
  g_autofree char *id = inb_uuid_new_v7 ();
  g_autofree char *details = g_strdup_printf ("{\"user_id\":\"%s\",\"role\":\"%s\"}", user_id, inb_role_get_name (role));
  const char *workspace_id = inb_change_get_workspace (change);
  const char *params[] = { workspace_id, id, user_id, inb_role_get_name (role), name, inb_change_get_now (change),
                           expires_at };
  const char *directory_params[] = { hash, id, workspace_id, user_id };
  g_autoptr (PGresult) inserted = inb_change_query (change, "admin/insert-token", G_N_ELEMENTS (params), params, error);
  g_autoptr (PGresult) listed = NULL;

  if (inserted == NULL)
    return NULL;
  listed = inb_change_query (change, "admin/insert-token-directory", G_N_ELEMENTS (directory_params), directory_params, error);
  if (listed == NULL || !inb_change_audit (change, "token_created", "token", id, details, error))
    return NULL;

  inb_change_notify_directory (change, id);
  if (token_id != NULL)
    *token_id = g_steal_pointer (&id);

  return g_steal_pointer (&token);
}
