SELECT {columns} FROM views t WHERE t.workspace_id = $1 AND (t.user_id = $2::uuid OR t.is_shared) AND t.deleted_at IS NULL ORDER BY t.position, t.name, t.id
