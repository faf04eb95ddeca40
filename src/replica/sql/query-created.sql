SELECT row_id FROM leads INDEXED BY {index} WHERE shown = 1 ORDER BY created_at {direction}, id_order {direction}, row_id {direction}
