SELECT {activity_columns}
FROM lead_activities a
WHERE a.workspace_id = $1 AND a.lead_id = $2::uuid AND a.deleted_at IS NULL
ORDER BY a.created_at DESC, a.id DESC
LIMIT 1000
