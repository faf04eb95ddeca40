SELECT id FROM leads WHERE contact_id = ?1
