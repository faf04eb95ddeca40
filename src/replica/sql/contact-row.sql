SELECT row_id FROM contacts WHERE id = ?1 AND deleted_at IS NULL
