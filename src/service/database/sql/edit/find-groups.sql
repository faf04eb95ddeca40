-- A group of one lead and one contact has few of these; somebody who was a manager when it was made may have many.
SELECT found.* FROM unnest($3::uuid[]) AS key (id), LATERAL
  (SELECT DISTINCT m.group_id, m.lead_id, m.contact_id FROM mutations AS m
    WHERE m.workspace_id = $1 AND m.group_id = key.id AND m.user_id = $2::uuid
      AND (m.lead_id IS NOT NULL OR m.contact_id IS NOT NULL) LIMIT 4) AS found
