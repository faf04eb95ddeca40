SELECT {key}, row_id
FROM contacts
WHERE deleted_at IS NULL AND {key} IN
  (SELECT {key} FROM contacts WHERE {key} IS NOT NULL AND deleted_at IS NULL GROUP BY {key} HAVING count(*) > 1)
ORDER BY {key}, row_id
