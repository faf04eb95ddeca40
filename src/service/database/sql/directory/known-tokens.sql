SELECT token_id FROM token_directory WHERE token_id = ANY ($1::uuid[]);
