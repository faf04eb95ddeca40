SELECT id, next_follow_up_at
FROM leads INDEXED BY leads_by_follow_up
WHERE next_follow_up_at > ?1 AND next_follow_up_at <= ?2 AND shown = 1 AND is_test IS NOT 1 AND is_converted IS NOT 1 AND lost_at IS NULL
  AND (?3 = '' OR assigned_to = ?3)
ORDER BY next_follow_up_at, row_id
LIMIT ?4
