-- A page of the leads that a bulk changes, newest first.
SELECT l.id, l.created_at
FROM leads l
WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test{predicates}
ORDER BY l.created_at DESC, l.id DESC
LIMIT {limit}::bigint
