SELECT row_id, phone_e164, replace (replace (replace (replace (replace (replace ({key}, ' ', ''), '-', ''), '/', ''), '(', ''), ')', ''), '.', '')
FROM contacts
WHERE replace (replace (replace (replace (replace (replace ({key}, ' ', ''), '-', ''), '/', ''), '(', ''), ')', ''), '.', '') IN (?1, ?2, ?3)
  AND {key} IS NOT NULL AND deleted_at IS NULL
LIMIT 20
