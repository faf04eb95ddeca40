SELECT row_id FROM contacts WHERE {key} = ?1 AND deleted_at IS NULL ORDER BY row_id LIMIT 20
