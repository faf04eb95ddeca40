SELECT key FROM lead_pipeline_stages WHERE workspace_id = $1 AND is_unsettled ORDER BY key;
