-- Who is just being changed is left out: it is noted again in a minute.
UPDATE tokens SET last_used_at = $3::timestamptz
WHERE workspace_id = $1 AND id IN (
  SELECT id FROM tokens
  WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND (last_used_at IS NULL OR last_used_at < $3::timestamptz)
  FOR NO KEY UPDATE SKIP LOCKED)
