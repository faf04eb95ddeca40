-- A page of leads in the order of one index. The contact is looked up a row at a time whatever the planner thinks of the
-- unknown limit.
SELECT {lead_columns}, {contact_columns}
FROM (
  SELECT l.*
  FROM leads l
  WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test{predicates}
  ORDER BY {order}
  LIMIT {limit}::bigint OFFSET {offset}::bigint
) l
LEFT JOIN LATERAL (SELECT c.* FROM contacts c WHERE c.workspace_id = $1 AND c.id = l.contact_id LIMIT 1) c ON true
ORDER BY {order}
