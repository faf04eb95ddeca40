SELECT key FROM shadows WHERE contact_id = ?1
