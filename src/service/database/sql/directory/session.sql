SELECT t.id, t.user_id, t.role, t.expires_at, m.name, m.role AS member_role
FROM tokens t
JOIN memberships m ON m.workspace_id = t.workspace_id AND m.user_id = t.user_id
WHERE t.workspace_id = $1 AND t.id = $2::uuid AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())
  AND m.deleted_at IS NULL;
