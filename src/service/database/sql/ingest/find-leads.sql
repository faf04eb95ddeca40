SELECT found.* FROM unnest($2::uuid[]) AS key (contact_id), LATERAL
  (SELECT {columns} FROM leads AS l
    WHERE l.workspace_id = $1 AND l.contact_id = key.contact_id AND l.is_active AND l.deleted_at IS NULL
    ORDER BY l.created_at DESC LIMIT 100) AS found
