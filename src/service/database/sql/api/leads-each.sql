-- A page of leads of several values (stages, sources, people …): the first of each in the order of its index, then merged.
SELECT {lead_columns}, {contact_columns}
FROM (
  SELECT l.*
  FROM {driver}
  CROSS JOIN LATERAL (
    SELECT l.*
    FROM leads l
    WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test{predicates}
    ORDER BY {order}
    LIMIT {limit}::bigint + {offset}::bigint
  ) l
  ORDER BY {order}
  LIMIT {limit}::bigint OFFSET {offset}::bigint
) l
LEFT JOIN LATERAL (SELECT c.* FROM contacts c WHERE c.workspace_id = $1 AND c.id = l.contact_id LIMIT 1) c ON true
ORDER BY {order}
