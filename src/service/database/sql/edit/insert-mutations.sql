INSERT INTO mutations (workspace_id, user_id, id, group_id, entity, entity_id, request, answer, change_seq, created_at, undo,
  lead_id, contact_id)
VALUES {rows}
