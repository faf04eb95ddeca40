SELECT webhook_id, delivery_key, element, answer_status, answer FROM deliveries
 WHERE workspace_id = $1 AND webhook_id = ANY ($2::uuid[]) AND delivery_key = ANY ($3::text[])
