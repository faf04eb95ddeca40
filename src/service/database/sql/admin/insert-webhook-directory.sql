INSERT INTO webhook_directory (webhook_id, workspace_id) VALUES ($1::uuid, $2);
