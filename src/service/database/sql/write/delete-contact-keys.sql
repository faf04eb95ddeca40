DELETE FROM contact_keys WHERE workspace_id = $1 AND contact_id = $2::uuid
