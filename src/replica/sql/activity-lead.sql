SELECT lead_id FROM lead_activities WHERE id = ?1
