SELECT webhook_id, encode(body_hash, 'hex'), 0, answer_status, answer FROM deliveries
 WHERE workspace_id = $1 AND webhook_id = ANY ($2::uuid[]) AND body_hash = ANY ($3::bytea[]) AND received_at >= $4::timestamptz
 ORDER BY received_at
