UPDATE workspace_heads SET change_seq = $2::bigint WHERE workspace_id = $1
