-- Once, also when the connection broke and the job runs again.
INSERT INTO audit_log (workspace_id, id, created_at, actor_id, actor, action, entity, details)
VALUES ($1, $2::uuid, now(), $3::uuid, $4, 'leads_exported', 'lead', $5::jsonb)
ON CONFLICT DO NOTHING
