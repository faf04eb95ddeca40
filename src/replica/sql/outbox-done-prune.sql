-- ?1: the oldest time that is kept; ?2: how many groups; ?3: how many entries.
DELETE FROM done
WHERE done_at < ?1
   OR number <= coalesce ((SELECT number FROM done ORDER BY number DESC LIMIT 1 OFFSET ?3), 0)
   OR number < coalesce ((SELECT min (number) FROM done
                          WHERE group_id = (SELECT group_id FROM done GROUP BY group_id ORDER BY max (number) DESC LIMIT 1 OFFSET ?2 - 1)), 0)
