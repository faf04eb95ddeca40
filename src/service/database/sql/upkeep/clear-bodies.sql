UPDATE deliveries SET body = NULL WHERE workspace_id = $1 AND id = ANY ($2::uuid[])
