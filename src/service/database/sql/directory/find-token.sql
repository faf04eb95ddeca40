SELECT workspace_id, token_id FROM token_directory WHERE token_hash = $1::bytea;
