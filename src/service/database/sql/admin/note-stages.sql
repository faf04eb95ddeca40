UPDATE workspace_heads SET stages_seq = (SELECT max(change_seq) FROM lead_pipeline_stages WHERE workspace_id = $1) WHERE workspace_id = $1;
