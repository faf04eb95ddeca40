SELECT change_seq, stages_seq FROM workspace_heads WHERE workspace_id = $1 FOR NO KEY UPDATE
