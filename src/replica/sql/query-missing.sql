SELECT row_id FROM leads {source} WHERE shown = 1 AND {column} IS NULL ORDER BY id_order {direction}, row_id {direction}
