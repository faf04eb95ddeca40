INSERT INTO token_directory (token_hash, token_id, workspace_id, user_id) VALUES ($1::bytea, $2::uuid, $3, $4::uuid);
