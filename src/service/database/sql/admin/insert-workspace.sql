INSERT INTO workspaces (id, name, region, timezone, currency, epoch, created_at, updated_at, change_seq)
VALUES ($1, $2, $3, $4, $5, $6::uuid, $7::timestamptz, $7::timestamptz, $8::bigint);
