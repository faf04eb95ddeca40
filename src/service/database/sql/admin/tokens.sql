SELECT t.id, t.user_id, m.name AS user_name, t.name, t.role, t.created_at, t.expires_at, t.last_used_at
FROM tokens t
JOIN memberships m ON m.workspace_id = t.workspace_id AND m.user_id = t.user_id
WHERE t.workspace_id = $1 AND t.revoked_at IS NULL
ORDER BY t.created_at, t.id;
