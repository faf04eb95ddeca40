DELETE FROM lead_texts WHERE row_id = ?1
