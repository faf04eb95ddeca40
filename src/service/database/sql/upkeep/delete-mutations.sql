DELETE FROM mutations WHERE workspace_id = $1 AND created_at < $2::timestamptz AND id IN (
  SELECT id FROM mutations WHERE workspace_id = $1 AND created_at < $2::timestamptz ORDER BY created_at LIMIT 500)
