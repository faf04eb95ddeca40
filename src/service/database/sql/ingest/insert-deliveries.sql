INSERT INTO deliveries (workspace_id, id, webhook_id, delivery_key, element, received_at, stored_at, queue_us, remote_address,
  content_type, body, body_hash, outcome, reason, contact_id, lead_id, answer_status, answer)
VALUES {rows}
