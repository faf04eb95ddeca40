SELECT found.* FROM unnest($2::text[]) AS key (crm_id), LATERAL
  (SELECT {columns} FROM contacts AS c WHERE c.workspace_id = $1 AND c.crm_id = key.crm_id AND c.deleted_at IS NULL LIMIT 1) AS found
