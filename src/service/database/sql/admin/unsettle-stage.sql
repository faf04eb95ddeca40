UPDATE lead_pipeline_stages SET is_unsettled = true WHERE workspace_id = $1 AND key = $2;
