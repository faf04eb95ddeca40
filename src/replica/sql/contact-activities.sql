SELECT
  (SELECT count(*) FROM lead_activities
    WHERE deleted_at IS NULL AND lead_id IN (SELECT id FROM leads WHERE contact_id = ?1 AND shown = 1)) +
  (SELECT count(*) FROM lead_activities WHERE contact_id = ?1 AND lead_id IS NULL AND deleted_at IS NULL)
