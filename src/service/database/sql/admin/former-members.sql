SELECT {columns} FROM memberships t WHERE t.workspace_id = $1 AND t.deleted_at IS NOT NULL ORDER BY t.name, t.user_id
