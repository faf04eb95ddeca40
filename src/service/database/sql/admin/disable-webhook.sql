UPDATE webhooks SET is_active = false, updated_at = $3::timestamptz, change_seq = $4::bigint
WHERE workspace_id = $1 AND id = $2::uuid AND deleted_at IS NULL;
