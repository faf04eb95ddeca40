SELECT EXISTS (SELECT FROM memberships WHERE workspace_id = $1 AND user_id <> $2::uuid AND role = 'owner' AND deleted_at IS NULL
               AND (NOT is_service OR user_id = $3::uuid));
