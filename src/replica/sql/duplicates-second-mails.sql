SELECT row_id, email_secondary FROM contacts WHERE email_secondary IS NOT NULL AND deleted_at IS NULL
