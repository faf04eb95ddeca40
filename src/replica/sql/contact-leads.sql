SELECT count(*) FROM leads INDEXED BY leads_by_contact WHERE contact_id = ?1 AND shown = 1
