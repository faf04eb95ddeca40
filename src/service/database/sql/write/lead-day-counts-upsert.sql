INSERT INTO lead_day_counts AS c (workspace_id, day, source, product, stage, leads, converted) VALUES {rows}
ON CONFLICT (workspace_id, day, source, product, stage)
DO UPDATE SET leads = c.leads + excluded.leads, converted = c.converted + excluded.converted
