UPDATE lead_texts SET person = ?2 WHERE row_id = ?1 AND person <> ?2
