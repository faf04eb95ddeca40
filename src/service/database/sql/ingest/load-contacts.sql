SELECT found.* FROM unnest($2::uuid[]) AS key (id), LATERAL
  (SELECT {columns} FROM contacts AS c WHERE c.workspace_id = $1 AND c.id = key.id LIMIT 1) AS found
 ORDER BY found.created_at, found.id
