SELECT workspace_id FROM workspace_directory WHERE workspace_id > $1 ORDER BY workspace_id LIMIT 100
