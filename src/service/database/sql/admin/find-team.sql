SELECT {columns} FROM teams t WHERE t.workspace_id = $1 AND t.id = $2
