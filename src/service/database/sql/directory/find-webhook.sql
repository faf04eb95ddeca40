SELECT workspace_id FROM webhook_directory WHERE webhook_id = $1::uuid;
