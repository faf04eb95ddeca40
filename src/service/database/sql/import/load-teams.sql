SELECT {columns} FROM teams AS t WHERE t.workspace_id = $1
