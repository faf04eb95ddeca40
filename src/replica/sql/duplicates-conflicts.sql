SELECT row_id, identity_conflicts FROM contacts WHERE identity_conflicts IS NOT NULL AND deleted_at IS NULL
