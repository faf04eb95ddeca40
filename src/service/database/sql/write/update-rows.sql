UPDATE {table} AS old SET {assignments}
  FROM (VALUES {rows}) AS new ({columns})
 WHERE old.workspace_id = $1 AND old.{key} = new.{key}
