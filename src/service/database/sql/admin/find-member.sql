SELECT {columns} FROM memberships t WHERE t.workspace_id = $1 AND t.user_id = $2::uuid
