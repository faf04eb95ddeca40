-- Orders of the list that people work by. Leads without an agent or a team cost nothing here.
CREATE INDEX leads_activity ON leads (workspace_id, last_activity_at DESC, id DESC) WHERE deleted_at IS NULL AND NOT is_test;
CREATE INDEX leads_assignee ON leads (workspace_id, assigned_to, created_at DESC, id DESC)
  WHERE assigned_to IS NOT NULL AND deleted_at IS NULL AND NOT is_test;
CREATE INDEX leads_team ON leads (workspace_id, team_id, created_at DESC, id DESC)
  WHERE team_id IS NOT NULL AND deleted_at IS NULL AND NOT is_test;
