SELECT id FROM leads WHERE row_id = ?1
