SELECT row_id FROM leads {source} WHERE shown = 1 AND {column} IS NOT NULL
ORDER BY {column} {direction}, id_order {direction}, row_id {direction}
