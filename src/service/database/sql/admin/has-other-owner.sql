SELECT EXISTS (SELECT FROM memberships WHERE workspace_id = $1 AND user_id <> $2::uuid AND role = 'owner' AND deleted_at IS NULL);
