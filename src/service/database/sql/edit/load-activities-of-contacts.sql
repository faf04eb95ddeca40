-- Its own, and those of its leads: each by the index that leads to them.
SELECT found.* FROM unnest($2::uuid[]) AS key (contact_id), LATERAL
  (SELECT {columns} FROM lead_activities AS a
    WHERE a.workspace_id = $1 AND a.contact_id = key.contact_id AND a.lead_id IS NULL) AS found
UNION ALL
SELECT found.* FROM unnest($2::uuid[]) AS key (contact_id), LATERAL
  (SELECT l.id FROM leads AS l WHERE l.workspace_id = $1 AND l.contact_id = key.contact_id ORDER BY l.created_at DESC) AS lead, LATERAL
  (SELECT {columns} FROM lead_activities AS a
    WHERE a.workspace_id = $1 AND a.lead_id = lead.id ORDER BY a.created_at DESC) AS found
