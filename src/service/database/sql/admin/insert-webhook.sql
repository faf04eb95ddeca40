INSERT INTO webhooks (workspace_id, id, name, source_label, auth, key_hash, created_at, updated_at, change_seq)
VALUES ($1, $2::uuid, $3, $4, $5, $6::bytea, $7::timestamptz, $7::timestamptz, $8::bigint);
