UPDATE views SET was_shared = true WHERE workspace_id = $1 AND change_seq > $2::bigint AND is_shared AND NOT was_shared
