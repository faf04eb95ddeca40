SELECT l.contact_id FROM leads AS l WHERE l.workspace_id = $1 AND l.id = $2::uuid AND l.deleted_at IS NULL
