SELECT status, count (*) FROM done WHERE group_id = ?1 GROUP BY status
