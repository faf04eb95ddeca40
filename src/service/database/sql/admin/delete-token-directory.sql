DELETE FROM token_directory WHERE token_id = $1::uuid;
