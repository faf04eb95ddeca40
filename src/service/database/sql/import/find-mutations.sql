-- In order of the key, and not just equal to it: planned while the table is empty, any index would seem as good.
SELECT found.* FROM unnest($3::uuid[]) AS key (id), LATERAL
  (SELECT m.id, m.group_id FROM mutations AS m
    WHERE m.workspace_id = $1 AND m.user_id = $2::uuid AND m.id >= key.id ORDER BY m.id LIMIT 1) AS found
 WHERE found.id = key.id
