SELECT key.webhook_id, encode(key.body_hash, 'hex'), 0, found.answer_status, found.answer
  FROM unnest($2::uuid[], $3::bytea[]) AS key (webhook_id, body_hash), LATERAL
  (SELECT d.answer_status, d.answer FROM deliveries AS d
    WHERE d.workspace_id = $1 AND d.webhook_id = key.webhook_id AND d.body_hash = key.body_hash
      AND d.received_at >= $4::timestamptz
    ORDER BY d.received_at LIMIT 1) AS found
