INSERT INTO done (number, id, group_id, actor, kind, entity_id, status, done_at)
SELECT number, id, group_id, actor, kind, entity_id, ?2, ?3 FROM entries WHERE number = ?1
