SELECT t.id, t.identity_conflicts
FROM contacts t
WHERE t.workspace_id = $1 AND t.id > $2::uuid AND t.identity_conflicts IS NOT NULL AND t.deleted_at IS NULL
ORDER BY t.id
LIMIT $3::bigint
