-- What a group can have undone, the last first.
SELECT m.id, m.entity, m.entity_id FROM mutations AS m
WHERE m.workspace_id = $1 AND m.group_id = $2::uuid AND m.user_id = $3::uuid AND m.undo IS NOT NULL
ORDER BY m.created_at DESC, m.id DESC
LIMIT 200000
