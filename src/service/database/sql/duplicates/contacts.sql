SELECT {columns}
FROM unnest($2::uuid[]) AS k (id), LATERAL
  (SELECT * FROM contacts c WHERE c.workspace_id = $1 AND c.id = k.id AND c.deleted_at IS NULL LIMIT 1) AS t
