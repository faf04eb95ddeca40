#define G_LOG_DOMAIN "inb-service"

#include "inb-demo-team.h"

#include "inb-error.h"
#include "inb-member-admin.h"

static const struct {
  const char *id;
  const char *name;
} teams[] = {
  { "north", "Team North" },
  { "south", "Team South" },
};

static const struct {
  const char *email;
  const char *name;
  const char *team_id;
  InbRole     role;
} people[INB_DEMO_N_AGENTS] = {
  { "mara.lindqvist@sales.example", "Mara Lindqvist", "north", INB_ROLE_MANAGER },
  { "jonas.weber@sales.example", "Jonas Weber", "north", INB_ROLE_AGENT },
  { "amira.haddad@sales.example", "Amira Haddad", "south", INB_ROLE_AGENT },
  { "tomasz.zielinski@sales.example", "Tomasz Zieliński", "south", INB_ROLE_AGENT },
};

static gboolean
ensure_team (InbChange   *change,
             guint        team,
             GError     **error)
{
  const char *params[] = { inb_change_get_workspace (change), teams[team].id };
  g_autoptr (PGresult) found = inb_change_query (change, "demo/find-team", G_N_ELEMENTS (params), params, error);
  g_autoptr (InbRow) row = NULL;

  if (found == NULL)
    return FALSE;
  if (*PQgetvalue (found, 0, 0) == 't')
    return TRUE;

  row = inb_row_new (INB_KIND_TEAM);
  inb_row_set (row, INB_TEAM_WORKSPACE_ID, inb_change_get_workspace (change));
  inb_row_set (row, INB_TEAM_ID, teams[team].id);
  inb_row_set (row, INB_TEAM_NAME, teams[team].name);
  inb_row_set (row, INB_TEAM_CREATED_AT, inb_change_get_now (change));
  inb_row_set (row, INB_TEAM_UPDATED_AT, inb_change_get_now (change));

  inb_write_set_put (inb_change_get_admin (change)->write_set, NULL, row);

  return TRUE;
}

static char *
ensure_person (InbChange   *change,
               guint        person,
               GError     **error)
{
  InbAdmin *admin = inb_change_get_admin (change);
  g_autoptr (GError) missing = NULL;
  g_autoptr (InbRow) member = inb_member_find_by_mail (admin, people[person].email, &missing);

  if (member == NULL && !g_error_matches (missing, INB_ERROR, INB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return NULL;
    }
  if (member == NULL)
    member = inb_member_create (admin, people[person].name, people[person].email, people[person].role, people[person].team_id, error);

  return member == NULL ? NULL : g_strdup (inb_row_get (member, INB_MEMBER_USER_ID));
}

gboolean
inb_demo_team_ensure (InbChange     *change,
                      InbDemoAgent  *agents,
                      GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (teams); i++)
    {
      if (!ensure_team (change, i, error))
        return FALSE;
    }

  for (guint i = 0; i < INB_DEMO_N_AGENTS; i++)
    {
      agents[i].user_id = ensure_person (change, i, error);
      agents[i].name = people[i].name;
      agents[i].team_id = people[i].team_id;
      if (agents[i].user_id == NULL)
        return FALSE;
    }

  return TRUE;
}
