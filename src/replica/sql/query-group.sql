SELECT row_id FROM leads {source} WHERE shown = 1 AND {column} IS ?1
ORDER BY created_at {direction}, id_order {direction}, row_id {direction}
