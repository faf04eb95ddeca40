INSERT INTO audit_log (workspace_id, id, created_at, actor, action, entity, entity_id, details)
VALUES ($1, $2::uuid, $3::timestamptz, $4, $5, $6, $7, $8::jsonb);
