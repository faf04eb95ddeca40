SELECT row_id, person, inquiry FROM lead_texts WHERE row_id BETWEEN ?1 AND ?2
