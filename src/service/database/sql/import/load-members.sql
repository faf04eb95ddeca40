SELECT {columns} FROM memberships AS m WHERE m.workspace_id = $1
