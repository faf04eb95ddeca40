SELECT w.name, w.source_label, w.auth, w.key_hash, w.previous_key_hash, w.previous_key_until, w.field_map, w.rules,
       w.body_dedupe_seconds, w.is_active, s.region, s.timezone, s.currency
FROM webhooks w
JOIN workspaces s ON s.id = w.workspace_id
WHERE w.workspace_id = $1 AND w.id = $2::uuid AND w.deleted_at IS NULL;
