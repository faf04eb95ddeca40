SELECT row_id, contact_name FROM leads WHERE row_id > ?1 ORDER BY row_id LIMIT 1
