INSERT INTO contact_keys (workspace_id, key, contact_id) VALUES ($1, $2, $3::uuid) ON CONFLICT DO NOTHING
