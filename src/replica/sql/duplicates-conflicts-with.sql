SELECT row_id, identity_conflicts
FROM contacts
WHERE identity_conflicts IS NOT NULL AND deleted_at IS NULL AND instr (identity_conflicts, ?1) > 0
LIMIT 20
