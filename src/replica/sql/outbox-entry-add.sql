INSERT INTO entries (number, id, group_id, label, actor, kind, entity_id, mutation, takes_back, checksum)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
