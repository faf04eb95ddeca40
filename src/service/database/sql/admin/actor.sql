-- Under the workspace's lock: nobody acts by a token or a role that was taken from them meanwhile.
SELECT m.name, m.role, t.role AS token_role
FROM tokens t
JOIN memberships m ON m.workspace_id = t.workspace_id AND m.user_id = t.user_id
WHERE t.workspace_id = $1 AND t.id = $2::uuid AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $3::timestamptz)
  AND m.deleted_at IS NULL;
