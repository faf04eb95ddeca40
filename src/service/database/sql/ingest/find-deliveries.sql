SELECT id, answer_status, answer FROM deliveries WHERE workspace_id = $1 AND id = ANY ($2::uuid[])
