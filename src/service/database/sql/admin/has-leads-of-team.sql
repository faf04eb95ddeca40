SELECT EXISTS (SELECT FROM leads t WHERE t.workspace_id = $1 AND t.team_id = $2 AND t.deleted_at IS NULL AND NOT t.is_test);
