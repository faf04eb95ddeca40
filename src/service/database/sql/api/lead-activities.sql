-- The lead's own, and those of its contact that are about no lead: each by the index that leads to them.
SELECT {activity_columns}
FROM (
  SELECT t.*
  FROM lead_activities t
  WHERE t.workspace_id = $1 AND t.lead_id = $2::uuid AND t.deleted_at IS NULL
  UNION ALL
  SELECT t.*
  FROM lead_activities t
  WHERE t.workspace_id = $1 AND t.lead_id IS NULL AND t.deleted_at IS NULL
    AND t.contact_id = (SELECT l.contact_id FROM leads l WHERE l.workspace_id = $1 AND l.id = $2::uuid)
) a
ORDER BY a.created_at DESC, a.id DESC
LIMIT 1000
