SELECT id_order FROM leads WHERE row_id = ?1
