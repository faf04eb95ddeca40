SELECT workspace_id FROM workspace_directory ORDER BY workspace_id;
