INSERT INTO lead_counts AS c (workspace_id, source, product, stage, leads, converted) VALUES {rows}
ON CONFLICT (workspace_id, source, product, stage)
DO UPDATE SET leads = c.leads + excluded.leads, converted = c.converted + excluded.converted
