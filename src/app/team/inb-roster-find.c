#define G_LOG_DOMAIN "inb-app"

#include "inb-roster-private.h"

#include "inb-time.h"

GPtrArray *
inb_roster_list_tokens (InbRoster  *self,
                        const char *user_id)
{
  GPtrArray *tokens = g_ptr_array_new ();

  for (guint i = 0; i < self->tokens->len; i++)
    {
      InbTokenInfo *info = g_ptr_array_index (self->tokens, i);

      if (g_strcmp0 (info->user_id, user_id) == 0)
        g_ptr_array_add (tokens, info);
    }

  return tokens;
}

static const InbRow *
find_row (GPtrArray  *rows,
          const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (inb_row_get_key (row), id) == 0)
        return row;
    }

  return NULL;
}

const InbRow *
inb_roster_find_member (InbRoster  *self,
                        const char *user_id)
{
  g_return_val_if_fail (INB_IS_ROSTER (self), NULL);

  return find_row (self->members, user_id);
}

const InbRow *
inb_roster_find_team (InbRoster  *self,
                      const char *team_id)
{
  g_return_val_if_fail (INB_IS_ROSTER (self), NULL);

  return team_id != NULL ? find_row (self->teams, team_id) : NULL;
}

guint
inb_roster_count_team (InbRoster  *self,
                       const char *team_id)
{
  guint n = 0;

  g_return_val_if_fail (INB_IS_ROSTER (self) && team_id != NULL, 0);

  for (guint i = 0; i < self->members->len; i++)
    n += g_strcmp0 (inb_row_get (g_ptr_array_index (self->members, i), INB_MEMBER_TEAM_ID), team_id) == 0;

  return n;
}

gint64
inb_roster_count_leads (InbRoster      *self,
                        InbFilterField  field,
                        const char     *id)
{
  const gint64 *leads;

  g_return_val_if_fail (INB_IS_ROSTER (self) && id != NULL, 0);

  leads = g_hash_table_lookup (field == INB_FILTER_TEAM ? self->of_teams : self->owned, id);

  return leads != NULL ? *leads : 0;
}

InbRole
inb_roster_get_role (const InbRow *member)
{
  InbRole role;
  const char *name = inb_row_get (member, INB_MEMBER_ROLE);

  return name != NULL && inb_role_from_name (name, &role) ? role : INB_ROLE_NONE;
}

gboolean
inb_roster_is_self (InbRoster    *self,
                    const InbRow *member)
{
  g_return_val_if_fail (INB_IS_ROSTER (self) && member != NULL, FALSE);

  return g_strcmp0 (inb_row_get_key (member), inb_replica_get_actor_id (inb_session_get_replica (self->session))) == 0;
}

/**
 * inb_roster_is_last_owner:
 *
 * Returns: whether the workspace would have no owner without @member; as for the service, a program does not stand in for a person,
 *   unless it is what the user works by
 */
gboolean
inb_roster_is_last_owner (InbRoster    *self,
                          const InbRow *member)
{
  gboolean is_program;

  g_return_val_if_fail (INB_IS_ROSTER (self) && member != NULL, FALSE);

  if (inb_roster_get_role (member) != INB_ROLE_OWNER)
    return FALSE;

  is_program = inb_row_get_boolean (member, INB_MEMBER_IS_SERVICE);
  for (guint i = 0; i < self->members->len; i++)
    {
      const InbRow *other = g_ptr_array_index (self->members, i);

      if (g_strcmp0 (inb_row_get_key (other), inb_row_get_key (member)) != 0 && inb_roster_get_role (other) == INB_ROLE_OWNER &&
          (is_program || !inb_row_get_boolean (other, INB_MEMBER_IS_SERVICE) || inb_roster_is_self (self, other)))
        return FALSE;
    }

  return TRUE;
}

gint64
inb_roster_get_last_seen (InbRoster  *self,
                          const char *user_id)
{
  gint64 last = INB_TIME_NONE;

  g_return_val_if_fail (INB_IS_ROSTER (self), INB_TIME_NONE);

  for (guint i = 0; i < self->tokens->len; i++)
    {
      const InbTokenInfo *info = g_ptr_array_index (self->tokens, i);

      if (g_strcmp0 (info->user_id, user_id) == 0 && info->last_used_at != INB_TIME_NONE)
        last = last == INB_TIME_NONE ? info->last_used_at : MAX (last, info->last_used_at);
    }

  return last;
}
