-- Who has each of some keys: as the first number or address, then as a second one.
SELECT k.key, true AS is_first, {columns}
FROM unnest($2::text[]) AS k (key), LATERAL
  (SELECT * FROM contacts c WHERE c.workspace_id = $1 AND c.phone_e164 = k.key AND c.phone_e164 IS NOT NULL AND c.deleted_at IS NULL
    ORDER BY c.created_at, c.id LIMIT 20) AS t
WHERE k.key LIKE '+%'
UNION ALL
SELECT k.key, true, {columns}
FROM unnest($2::text[]) AS k (key), LATERAL
  (SELECT * FROM contacts c WHERE c.workspace_id = $1 AND c.email_norm = k.key AND c.email_norm IS NOT NULL AND c.deleted_at IS NULL
    ORDER BY c.created_at, c.id LIMIT 20) AS t
WHERE k.key NOT LIKE '+%'
UNION ALL
SELECT k.key, false, {columns}
FROM unnest($2::text[]) AS k (key), LATERAL
  (SELECT s.contact_id FROM contact_keys s WHERE s.workspace_id = $1 AND s.key = k.key ORDER BY s.contact_id LIMIT 20) AS h, LATERAL
  (SELECT * FROM contacts c WHERE c.workspace_id = $1 AND c.id = h.contact_id AND c.deleted_at IS NULL LIMIT 1) AS t
