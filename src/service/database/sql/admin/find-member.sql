SELECT role, deleted_at IS NOT NULL AS is_deleted FROM memberships WHERE workspace_id = $1 AND user_id = $2::uuid;
