-- Who else has a number or a mail address; of several the oldest, which is whom a webhook would find.
SELECT 'phone', key.phone, found.id FROM unnest($2::text[], $3::uuid[]) AS key (phone, id), LATERAL
  (SELECT c.id FROM contacts AS c
    WHERE c.workspace_id = $1 AND c.phone_e164 = key.phone AND c.deleted_at IS NULL AND c.id <> key.id
    ORDER BY c.created_at, c.id LIMIT 1) AS found
UNION ALL
SELECT 'email', key.email, found.id FROM unnest($4::text[], $5::uuid[]) AS key (email, id), LATERAL
  (SELECT c.id FROM contacts AS c
    WHERE c.workspace_id = $1 AND c.email_norm = key.email AND c.deleted_at IS NULL AND c.id <> key.id
    ORDER BY c.created_at, c.id LIMIT 1) AS found
