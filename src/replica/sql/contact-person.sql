SELECT firstname, lastname, email, coalesce (phone_display, phone), company FROM contacts WHERE id = ?1
