INSERT INTO lead_count_names (workspace_id, dimension, name) VALUES {rows}
