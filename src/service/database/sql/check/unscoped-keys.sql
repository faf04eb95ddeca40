-- A unique key that is not led by the workspace tells one tenant of another's rows.
SELECT i.indexrelid::regclass::text
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace
  AND c.relname NOT IN ('workspace_directory', 'webhook_directory', 'token_directory')
  AND i.indisunique AND i.indkey[0] <> a.attnum
ORDER BY 1;
