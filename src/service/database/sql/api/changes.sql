SELECT {columns}
FROM {table} t
WHERE t.{workspace} = $1 AND t.change_seq > $2::bigint
ORDER BY t.change_seq
LIMIT $3::bigint
