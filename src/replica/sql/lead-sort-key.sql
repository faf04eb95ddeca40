UPDATE leads SET sort_key = ?1 WHERE row_id = ?2
