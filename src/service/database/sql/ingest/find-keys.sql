SELECT key.webhook_id, key.delivery_key, found.element, found.answer_status, found.answer
  FROM unnest($2::uuid[], $3::text[]) AS key (webhook_id, delivery_key), LATERAL
  (SELECT d.element, d.answer_status, d.answer FROM deliveries AS d
    WHERE d.workspace_id = $1 AND d.webhook_id = key.webhook_id AND d.delivery_key = key.delivery_key
    ORDER BY d.element LIMIT 1000) AS found
