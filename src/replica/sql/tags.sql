SELECT tag.value AS name
FROM (SELECT tags
      FROM leads INDEXED BY leads_by_created
      WHERE shown = 1
      ORDER BY created_at DESC
      LIMIT ?1) AS newest, json_each (newest.tags) AS tag
WHERE newest.tags IS NOT NULL AND tag.type = 'text'
GROUP BY tag.value
ORDER BY count (*) DESC, tag.value
LIMIT ?2
