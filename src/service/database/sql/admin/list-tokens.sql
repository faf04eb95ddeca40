SELECT t.id, t.name, t.role, t.user_id, m.name AS user, m.email, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
FROM tokens t
JOIN memberships m ON m.workspace_id = t.workspace_id AND m.user_id = t.user_id
WHERE t.workspace_id = $1
ORDER BY t.created_at, t.id;
