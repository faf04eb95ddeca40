SELECT row_id, email_secondary
FROM contacts
WHERE lower (email_secondary) = ?1 AND email_secondary IS NOT NULL AND deleted_at IS NULL
LIMIT 20
