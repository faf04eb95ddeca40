SELECT id FROM teams WHERE workspace_id = $1;
