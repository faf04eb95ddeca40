SELECT m.user_id, m.name, m.email, m.is_service, m.role, w.id, w.name, w.region, w.timezone, w.currency
FROM memberships m
JOIN workspaces w ON w.id = $1
WHERE m.workspace_id = $1 AND m.user_id = $2::uuid
