-- Of the same window, the activities of the last 90 days of leads that are neither won nor lost, and those without a lead.
SELECT {columns}
FROM (
  SELECT t.*
  FROM lead_activities t
  WHERE t.workspace_id = $1 AND t.change_seq <= $2::bigint
  ORDER BY t.change_seq DESC
  LIMIT $3::bigint
) t
LEFT JOIN LATERAL (
  SELECT l.is_active AND NOT l.is_converted AND l.deleted_at IS NULL AS is_open
  FROM leads l
  WHERE l.workspace_id = $1 AND l.id = t.lead_id
  LIMIT 1
) l ON true
WHERE t.deleted_at IS NULL AND t.created_at >= now() - interval '90 days' AND (t.lead_id IS NULL OR l.is_open)
ORDER BY t.change_seq DESC
