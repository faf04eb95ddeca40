UPDATE workspace_heads SET change_seq = $2::bigint, last_turn = $3::uuid WHERE workspace_id = $1
