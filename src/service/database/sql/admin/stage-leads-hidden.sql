SELECT {columns}
FROM leads t
WHERE t.workspace_id = $1 AND t.stage = $2 AND (t.created_at, t.id) < ($3::timestamptz, $4::uuid) AND (t.deleted_at IS NOT NULL OR t.is_test)
ORDER BY t.created_at DESC, t.id DESC
LIMIT $5::bigint
