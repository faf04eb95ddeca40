INSERT INTO users (id, name, email, email_norm, is_service, created_at, updated_at)
VALUES ($1::uuid, $2, $3, $4, $5::boolean, $6::timestamptz, $6::timestamptz)
ON CONFLICT (email_norm) DO NOTHING;
