UPDATE webhooks SET previous_key_hash = key_hash, previous_key_until = $4::timestamptz, key_hash = $3::bytea,
                    updated_at = $5::timestamptz, change_seq = $6::bigint
WHERE workspace_id = $1 AND id = $2::uuid AND deleted_at IS NULL;
