-- Keys that several contacts of a window of $3 share, and its last one, of which more may follow; in the order of the index.
WITH w AS MATERIALIZED (
  SELECT t.phone_e164 AS key
  FROM contacts t
  WHERE t.workspace_id = $1 AND t.phone_e164 > $2 AND t.phone_e164 IS NOT NULL AND t.deleted_at IS NULL
  ORDER BY t.phone_e164
  LIMIT $3::bigint
)
SELECT key, (SELECT count(*) FROM w) AS size
FROM w
GROUP BY key
HAVING count(*) > 1 OR key = (SELECT max(key) FROM w)
ORDER BY key
