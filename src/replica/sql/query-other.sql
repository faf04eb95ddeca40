SELECT row_id FROM leads WHERE shown = 1
ORDER BY {column} IS NULL, {column} {direction}, created_at DESC, id_order DESC, row_id DESC
