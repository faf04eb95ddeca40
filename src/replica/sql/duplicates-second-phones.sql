SELECT row_id, phone_e164, replace (replace (replace (replace (replace (replace ({key}, ' ', ''), '-', ''), '/', ''), '(', ''), ')', ''), '.', '')
FROM contacts
WHERE {key} IS NOT NULL AND deleted_at IS NULL
