-- The list of keys says once more what the join says: it keeps the plan on the key's index whatever the statistics are.
UPDATE {table} AS old SET {assignments}
  FROM (VALUES {rows}) AS new ({columns})
 WHERE old.workspace_id = $1 AND old.{key} = ANY ($2::{key_type}[]) AND old.{key} = new.{key}
