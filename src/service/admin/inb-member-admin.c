#define G_LOG_DOMAIN "inb-service"

#include "inb-member-admin.h"

#include "inb-error.h"
#include "inb-mail.h"
#include "inb-uuid.h"

#define TOKEN_PREFIX "inb_"
#define TOKEN_BYTES 32

/* Row level security shows only the user that the transaction names. */
static gboolean
name_user (InbAdmin    *admin,
           const char  *statement,
           const char  *value,
           GError     **error)
{
  g_autoptr (PGresult) set = inb_admin_query (admin, statement, 1, &value, error);

  return set != NULL;
}

/* @user_id: (out): NULL when nobody has that address */
static gboolean
find_user (InbAdmin    *admin,
           const char  *email_norm,
           char       **user_id,
           GError     **error)
{
  g_autoptr (PGresult) user = NULL;

  *user_id = NULL;
  if (!name_user (admin, "admin/set-user-email", email_norm, error))
    return FALSE;

  user = inb_admin_query (admin, "admin/find-user", 1, &email_norm, error);
  if (user != NULL && PQntuples (user) > 0)
    *user_id = g_strdup (PQgetvalue (user, 0, 0));

  return user != NULL;
}

/* Random ids: one that tells its time would tell whoever invites whether the address was known on this server before. */
static gboolean
insert_user (InbAdmin    *admin,
             const char  *name,
             const char  *email,
             const char  *email_norm,
             char       **user_id,
             GError     **error)
{
  g_autofree char *id = inb_uuid_new_v4 ();
  const char *params[] = { id, name, email, email_norm, email == NULL ? "true" : "false", admin->now_text };
  g_autoptr (PGresult) inserted = NULL;

  if (!name_user (admin, "admin/set-user-id", id, error))
    return FALSE;
  inserted = inb_admin_query (admin, "admin/insert-user", G_N_ELEMENTS (params), params, error);
  if (inserted == NULL)
    return FALSE;
  /* Another workspace has just invited the same person. */
  if (g_str_equal (PQcmdTuples (inserted), "0"))
    return find_user (admin, email_norm, user_id, error);

  *user_id = g_steal_pointer (&id);

  return TRUE;
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

/* @user_id: (out) (transfer full): of whoever has the address, in whichever workspace, or of a new user */
static gboolean
ensure_user (InbAdmin    *admin,
             const char  *name,
             const char  *email,
             char       **user_id,
             GError     **error)
{
  g_autofree char *email_norm = NULL;

  *user_id = NULL;
  if (email != NULL)
    {
      email_norm = normalize_email (email, error);
      if (email_norm == NULL || !find_user (admin, email_norm, user_id, error))
        return FALSE;
    }

  return *user_id != NULL || insert_user (admin, name, email, email_norm, user_id, error);
}

/* @member: (out) (transfer full): also of someone who was one; NULL when there never was */
static gboolean
load_member (InbAdmin    *admin,
             const char  *user_id,
             InbRow     **member,
             GError     **error)
{
  return inb_admin_load (admin, "admin/find-member", INB_KIND_MEMBER, user_id, member, error);
}

static InbRow *
new_member (InbAdmin   *admin,
            const char *user_id)
{
  InbRow *row = inb_row_new (INB_KIND_MEMBER);

  inb_row_set (row, INB_MEMBER_WORKSPACE_ID, admin->workspace_id);
  inb_row_set (row, INB_MEMBER_USER_ID, user_id);
  inb_row_set (row, INB_MEMBER_CREATED_AT, admin->now_text);

  return row;
}

InbRow *
inb_member_create (InbAdmin    *admin,
                   const char  *name,
                   const char  *email,
                   InbRole      role,
                   const char  *team_id,
                   GError     **error)
{
  g_autofree char *details = g_strdup_printf ("{\"role\":\"%s\"}", inb_role_get_name (role));
  g_autofree char *user_id = NULL;
  g_autoptr (InbRow) before = NULL;
  g_autoptr (InbRow) row = NULL;

  if (!ensure_user (admin, name, email, &user_id, error) || !load_member (admin, user_id, &before, error))
    return NULL;
  if (before != NULL && inb_row_get (before, INB_MEMBER_DELETED_AT) == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_CONFLICT, "%s is in workspace \"%s\" already", email, admin->workspace_id);
      return NULL;
    }

  row = before == NULL ? new_member (admin, user_id) : inb_row_copy (before);
  inb_row_set (row, INB_MEMBER_NAME, name);
  inb_row_set (row, INB_MEMBER_EMAIL, email);
  inb_row_set (row, INB_MEMBER_ROLE, inb_role_get_name (role));
  inb_row_set (row, INB_MEMBER_TEAM_ID, team_id);
  inb_row_set_boolean (row, INB_MEMBER_IS_SERVICE, email == NULL);
  inb_row_set (row, INB_MEMBER_UPDATED_AT, admin->now_text);
  inb_row_set (row, INB_MEMBER_DELETED_AT, NULL);
  inb_write_set_put (admin->write_set, before, row);
  inb_admin_audit (admin, "user_created", "user", user_id, details);

  return g_steal_pointer (&row);
}

InbRow *
inb_member_find (InbAdmin    *admin,
                 const char  *user_id,
                 GError     **error)
{
  g_autoptr (InbRow) member = NULL;

  if (!load_member (admin, user_id, &member, error))
    return NULL;
  if (member != NULL && inb_row_get (member, INB_MEMBER_DELETED_AT) == NULL)
    return g_steal_pointer (&member);

  g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no user %s in workspace \"%s\"", user_id, admin->workspace_id);

  return NULL;
}

InbRow *
inb_member_find_by_mail (InbAdmin    *admin,
                         const char  *email,
                         GError     **error)
{
  g_autofree char *email_norm = normalize_email (email, error);
  g_autofree char *user_id = NULL;
  g_autoptr (InbRow) member = NULL;

  if (email_norm == NULL || !find_user (admin, email_norm, &user_id, error)
      || (user_id != NULL && !load_member (admin, user_id, &member, error)))
    return NULL;
  if (member != NULL && inb_row_get (member, INB_MEMBER_DELETED_AT) == NULL)
    return g_steal_pointer (&member);

  g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no user %s in workspace \"%s\"", email, admin->workspace_id);

  return NULL;
}

static gboolean
is_owner (const InbRow *member)
{
  return inb_row_get (member, INB_MEMBER_DELETED_AT) == NULL && g_strcmp0 (inb_row_get (member, INB_MEMBER_ROLE), "owner") == 0;
}

/* The last person who is an owner would leave the workspace to programs, whose tokens nobody may have at hand; whoever acts for one of
 * them has, so they may. */
static gboolean
check_owners (InbAdmin      *admin,
              const InbRow  *before,
              const InbRow  *after,
              GError       **error)
{
  const char *params[] = { admin->workspace_id, inb_row_get (before, INB_MEMBER_USER_ID), admin->actor_id };
  gboolean is_person = !inb_row_get_boolean (before, INB_MEMBER_IS_SERVICE);
  g_autoptr (PGresult) others = NULL;

  if (!is_owner (before) || is_owner (after))
    return TRUE;

  others = inb_admin_query (admin, is_person ? "admin/has-other-owner-at-hand" : "admin/has-other-owner", is_person ? 3 : 2, params, error);
  if (others == NULL || *PQgetvalue (others, 0, 0) == 't')
    return others != NULL;

  g_set_error (error, INB_ERROR, INB_ERROR_CONFLICT, "%s is the last owner%s: make somebody else an owner first",
               inb_row_get (before, INB_MEMBER_NAME), is_person ? " who is a person" : "");

  return FALSE;
}

static PGresult *
list_tokens (InbAdmin      *admin,
             const InbRow  *member,
             GError       **error)
{
  const char *params[] = { admin->workspace_id, inb_row_get (member, INB_MEMBER_USER_ID) };

  return inb_admin_query (admin, "admin/tokens-of-user", G_N_ELEMENTS (params), params, error);
}

gboolean
inb_member_change (InbAdmin  *admin,
                   InbRow    *before,
                   InbRow    *member,
                   GError   **error)
{
  g_autoptr (PGresult) tokens = NULL;

  if (!check_owners (admin, before, member, error) || (tokens = list_tokens (admin, before, error)) == NULL)
    return FALSE;

  inb_row_set (member, INB_MEMBER_UPDATED_AT, admin->now_text);
  inb_write_set_put (admin->write_set, before, member);
  if (g_strcmp0 (inb_row_get (before, INB_MEMBER_ROLE), inb_row_get (member, INB_MEMBER_ROLE)) != 0
      || g_strcmp0 (inb_row_get (before, INB_MEMBER_NAME), inb_row_get (member, INB_MEMBER_NAME)) != 0)
    {
      for (int i = 0; i < PQntuples (tokens); i++)
        inb_admin_drop (admin, PQgetvalue (tokens, i, 0));
    }

  return TRUE;
}

static void
end_token (InbAdmin   *admin,
           const char *token_id)
{
  const char *params[] = { admin->workspace_id, token_id, admin->now_text };

  inb_admin_later (admin, "admin/revoke-token", G_N_ELEMENTS (params), params);
  inb_admin_later (admin, "admin/delete-token-directory", 1, &token_id);
  inb_admin_audit (admin, "token_revoked", "token", token_id, NULL);
  inb_admin_drop (admin, token_id);
}

InbRow *
inb_member_remove (InbAdmin  *admin,
                   InbRow    *member,
                   GError   **error)
{
  g_autoptr (InbRow) row = inb_row_copy (member);
  g_autoptr (PGresult) tokens = NULL;

  inb_row_set (row, INB_MEMBER_DELETED_AT, admin->now_text);
  inb_row_set (row, INB_MEMBER_UPDATED_AT, admin->now_text);
  if (!check_owners (admin, member, row, error) || (tokens = list_tokens (admin, member, error)) == NULL)
    return NULL;

  inb_write_set_put (admin->write_set, member, row);
  for (int i = 0; i < PQntuples (tokens); i++)
    end_token (admin, PQgetvalue (tokens, i, 0));
  inb_admin_audit (admin, "user_removed", "user", inb_row_get (row, INB_MEMBER_USER_ID), NULL);

  return g_steal_pointer (&row);
}

char *
inb_member_make_token (InbAdmin    *admin,
                       const char  *user_id,
                       const char  *name,
                       InbRole      role,
                       const char  *expires_at,
                       char       **token_id)
{
  g_autofree char *secret = inb_random_token (TOKEN_BYTES);
  g_autofree char *token = g_strconcat (TOKEN_PREFIX, secret, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  g_autofree char *hash = g_strconcat ("\\x", digest, NULL);
  g_autofree char *id = inb_uuid_new_v7 ();
  g_autofree char *details = g_strdup_printf ("{\"user_id\":\"%s\",\"role\":\"%s\"}", user_id, inb_role_get_name (role));
  const char *params[] = { admin->workspace_id, id, user_id, inb_role_get_name (role), name, admin->now_text, expires_at };
  const char *directory_params[] = { hash, id, admin->workspace_id, user_id };

  inb_admin_later (admin, "admin/insert-token", G_N_ELEMENTS (params), params);
  inb_admin_later (admin, "admin/insert-token-directory", G_N_ELEMENTS (directory_params), directory_params);
  inb_admin_audit (admin, "token_created", "token", id, details);
  inb_admin_drop (admin, id);
  if (token_id != NULL)
    *token_id = g_steal_pointer (&id);

  return g_steal_pointer (&token);
}

gboolean
inb_member_revoke_token (InbAdmin    *admin,
                         const char  *token_id,
                         GError     **error)
{
  const char *params[] = { admin->workspace_id, token_id };
  g_autoptr (PGresult) token = inb_admin_query (admin, "admin/has-token", G_N_ELEMENTS (params), params, error);

  if (token == NULL)
    return FALSE;
  if (*PQgetvalue (token, 0, 0) != 't')
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no valid token %s in workspace \"%s\"", token_id, admin->workspace_id);
      return FALSE;
    }

  end_token (admin, token_id);

  return TRUE;
}
