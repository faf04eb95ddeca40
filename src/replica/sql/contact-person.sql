SELECT firstname, lastname, email, phone_display, phone, phone_e164, company, notes, phone_secondary, email_secondary
FROM contacts
WHERE id = ?1
