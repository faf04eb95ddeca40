SELECT EXISTS (SELECT FROM tokens WHERE workspace_id = $1 AND id = $2::uuid AND revoked_at IS NULL);
