SELECT user_id AS id, email, name, role, team_id, is_service, created_at
FROM memberships
WHERE workspace_id = $1 AND deleted_at IS NULL
ORDER BY name, user_id;
