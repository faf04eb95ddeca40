SELECT id FROM tokens WHERE workspace_id = $1 AND user_id = $2::uuid AND revoked_at IS NULL ORDER BY id;
