-- Only ids: most of a busy hour's people are new, and reading a row's sixty columns for each way to find it costs more than
-- asking again for those that were found.
SELECT found.id FROM unnest($2::text[]) AS key (crm_id), LATERAL
  (SELECT c.id FROM contacts AS c
    WHERE c.workspace_id = $1 AND c.crm_id = key.crm_id AND c.deleted_at IS NULL
    ORDER BY c.created_at, c.id LIMIT 1) AS found
UNION ALL
SELECT found.id FROM unnest($3::text[]) AS key (phone), LATERAL
  (SELECT c.id FROM contacts AS c
    WHERE c.workspace_id = $1 AND c.phone_e164 = key.phone AND c.deleted_at IS NULL
    ORDER BY c.created_at, c.id LIMIT 1) AS found
UNION ALL
SELECT found.id FROM unnest($4::text[]) AS key (email), LATERAL
  (SELECT c.id FROM contacts AS c
    WHERE c.workspace_id = $1 AND c.email_norm = key.email AND c.deleted_at IS NULL
    ORDER BY c.created_at, c.id LIMIT 1) AS found
