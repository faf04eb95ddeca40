INSERT INTO audit_log (workspace_id, id, created_at, actor_id, actor, action, entity, entity_id, details)
VALUES ($1, $2::uuid, $3::timestamptz, $4::uuid, $5, $6, $7, $8, $9::jsonb);
