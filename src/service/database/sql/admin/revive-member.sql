UPDATE memberships SET role = $3, name = $4, email = $5, deleted_at = NULL, updated_at = $6::timestamptz, change_seq = $7::bigint
WHERE workspace_id = $1 AND user_id = $2::uuid;
