SELECT dimension, name FROM lead_count_names WHERE workspace_id = $1
