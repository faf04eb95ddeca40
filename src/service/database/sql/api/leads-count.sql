SELECT count(*) FROM leads l WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test{predicates}
