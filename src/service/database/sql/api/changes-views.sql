-- A member's own views and the shared ones; and of those that others have shared once and keep to themselves now, only that they
-- are gone, for who has them already.
SELECT t.id, t.workspace_id, t.user_id,
  CASE WHEN v.is_visible THEN t.name ELSE '' END AS name,
  t.is_shared,
  CASE WHEN v.is_visible THEN t.filter ELSE '{}' END AS filter,
  CASE WHEN v.is_visible THEN t.columns ELSE '[]' END AS columns,
  CASE WHEN v.is_visible THEN t.sort END AS sort,
  t.position, t.created_at, t.updated_at,
  CASE WHEN v.is_visible THEN t.deleted_at ELSE coalesce(t.deleted_at, t.updated_at) END AS deleted_at,
  t.change_seq
FROM views t, LATERAL (SELECT t.user_id = $4::uuid OR t.is_shared AS is_visible) v
WHERE t.workspace_id = $1 AND t.change_seq > $2::bigint
  AND (t.user_id = $4::uuid OR t.is_shared OR t.was_shared AND $2::bigint > 0)
ORDER BY t.change_seq
LIMIT $3::bigint
