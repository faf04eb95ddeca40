
  AND (t.user_id = $4::uuid OR t.is_shared)