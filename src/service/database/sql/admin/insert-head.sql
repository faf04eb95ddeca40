INSERT INTO workspace_heads (workspace_id, change_seq) VALUES ($1, 0);
