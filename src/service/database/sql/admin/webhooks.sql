SELECT id FROM webhooks WHERE workspace_id = $1 AND deleted_at IS NULL ORDER BY id;
