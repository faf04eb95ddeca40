SELECT id, firstname, lastname, email, coalesce (phone_display, phone), company, lead_source, created_at, last_activity_at, owner_id
FROM contacts
WHERE row_id = ?1 AND deleted_at IS NULL
