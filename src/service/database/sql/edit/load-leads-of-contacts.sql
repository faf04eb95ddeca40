SELECT found.* FROM unnest($2::uuid[]) AS key (contact_id), LATERAL
  (SELECT {columns} FROM leads AS l
    WHERE l.workspace_id = $1 AND l.contact_id = key.contact_id ORDER BY l.created_at DESC) AS found
