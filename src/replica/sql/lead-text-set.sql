INSERT INTO lead_texts (row_id, person, inquiry) VALUES (?1, ?2, ?3)
ON CONFLICT (row_id) DO UPDATE SET person = excluded.person, inquiry = excluded.inquiry
