SELECT id, row_id FROM leads WHERE contact_id = ?1
