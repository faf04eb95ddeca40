UPDATE tokens SET revoked_at = $3::timestamptz WHERE workspace_id = $1 AND id = $2::uuid AND revoked_at IS NULL;
