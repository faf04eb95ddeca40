INSERT INTO workspace_directory (workspace_id, created_at) VALUES ($1, $2::timestamptz) ON CONFLICT DO NOTHING;
