SELECT last_turn FROM workspace_heads WHERE workspace_id = $1
