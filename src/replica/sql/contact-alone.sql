SELECT created_at, firstname, lastname, email, phone_display, phone, phone_e164, company, notes, phone_secondary, email_secondary
FROM contacts
WHERE row_id = ?1 AND deleted_at IS NULL
