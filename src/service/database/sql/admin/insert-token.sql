INSERT INTO tokens (workspace_id, id, user_id, role, name, created_at, expires_at)
VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6::timestamptz, $7::timestamptz);
