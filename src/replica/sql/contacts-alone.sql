SELECT row_id FROM contacts INDEXED BY contacts_by_key
WHERE NOT EXISTS (SELECT 1 FROM leads INDEXED BY leads_by_contact WHERE leads.contact_id = contacts.id AND leads.shown = 1)
