WITH w AS MATERIALIZED (
  SELECT t.key
  FROM contact_keys t
  WHERE t.workspace_id = $1 AND t.key > $2
  ORDER BY t.key
  LIMIT $3::bigint
)
SELECT key, (SELECT count(*) FROM w) AS size
FROM w
GROUP BY key
ORDER BY key
