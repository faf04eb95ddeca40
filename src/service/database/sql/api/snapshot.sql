-- Newest first: a row that changes meanwhile moves past the head of the first page, where the feed brings it.
SELECT {columns}
FROM {table} t
WHERE t.workspace_id = $1 AND t.change_seq <= $2::bigint AND t.deleted_at IS NULL
ORDER BY t.change_seq DESC
LIMIT $3::bigint
