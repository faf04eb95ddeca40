-- ?1: the last local midnight. Stages that have not arrived yet count by their built-in meaning.
SELECT coalesce (sum (counts.total), 0),
       coalesce (sum (CASE WHEN counts.stage = 'new' THEN counts.total END), 0),
       coalesce (sum (CASE WHEN counts.stage <> 'new'
                            AND coalesce (stages.category, CASE WHEN counts.stage IN ('won', 'lost') THEN counts.stage END, 'open')
                                NOT IN ('won', 'lost')
                           THEN counts.total END), 0),
       coalesce (sum (counts.converted), 0),
       (SELECT count (*) FROM leads INDEXED BY leads_by_created WHERE shown = 1 AND created_at >= ?1 AND is_test IS NOT 1)
FROM lead_counts AS counts
LEFT JOIN (SELECT key, min (category) AS category FROM lead_pipeline_stages GROUP BY key) AS stages ON stages.key = counts.stage
