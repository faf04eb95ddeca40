-- A page of an export, newest first; its last two columns are the key of the page after it.
SELECT {columns}, l.created_at, l.id
FROM (
  SELECT l.*
  FROM leads l
  WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test{predicates}
  ORDER BY l.created_at DESC, l.id DESC
  LIMIT {limit}::bigint
) l
LEFT JOIN LATERAL (SELECT c.* FROM contacts c WHERE c.workspace_id = $1 AND c.id = l.contact_id LIMIT 1) c ON true
LEFT JOIN LATERAL (SELECT m.name FROM memberships m WHERE m.workspace_id = $1 AND m.user_id = l.assigned_to LIMIT 1) m ON true
ORDER BY l.created_at DESC, l.id DESC
