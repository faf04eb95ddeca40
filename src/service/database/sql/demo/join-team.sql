UPDATE memberships SET team_id = $3, updated_at = $4::timestamptz, change_seq = $5::bigint
WHERE workspace_id = $1 AND user_id = $2::uuid;
