SELECT id, name, source_label AS source, auth, is_active, previous_key_until, created_at
FROM webhooks
WHERE workspace_id = $1 AND deleted_at IS NULL
ORDER BY created_at, id;
