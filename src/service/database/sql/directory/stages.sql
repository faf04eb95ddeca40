SELECT {columns} FROM lead_pipeline_stages t WHERE t.workspace_id = $1 ORDER BY t.position, t.number;
