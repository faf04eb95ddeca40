SELECT found.* FROM unnest($2::{type}[]) AS key (id), LATERAL
  (SELECT {columns} FROM {table} AS t WHERE t.workspace_id = $1 AND t.{key} = key.id LIMIT 1) AS found
