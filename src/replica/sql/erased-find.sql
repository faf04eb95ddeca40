SELECT 1 FROM erased WHERE kind = ?1 AND id = ?2 AND change_seq >= ?3
