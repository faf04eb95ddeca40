SELECT coalesce (max (row_id), 0) FROM leads
