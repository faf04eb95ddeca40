SELECT {columns} FROM memberships t WHERE t.workspace_id = $1 AND t.team_id = $2
