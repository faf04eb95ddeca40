INSERT OR REPLACE INTO erased (kind, id, change_seq) VALUES (?1, ?2, ?3)
