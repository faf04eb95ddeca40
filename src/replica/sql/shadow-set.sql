INSERT INTO shadows (key, value, contact_id) VALUES (?1, ?2, ?3)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, contact_id = excluded.contact_id
