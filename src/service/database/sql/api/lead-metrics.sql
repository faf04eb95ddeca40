-- The definitions of the seven metrics; counted from the roll-up. Functions that are not leakproof stay inside the
-- sub-select, or the day would not reach its index.
WITH n AS MATERIALIZED (
  SELECT n.source, n.product, n.stage, n.leads, n.converted FROM lead_counts n WHERE n.workspace_id = $1
)
SELECT coalesce(sum(n.leads), 0),
       coalesce(sum(n.leads) FILTER (WHERE n.stage = 'new'), 0),
       coalesce(sum(n.leads) FILTER (WHERE n.stage <> 'new' AND s.category = 'open'), 0),
       coalesce(sum(n.converted), 0),
       (SELECT coalesce(sum(d.leads), 0)
        FROM lead_day_counts d
        WHERE d.workspace_id = $1
          AND d.day = (SELECT (now() AT TIME ZONE w.timezone)::date FROM workspaces w WHERE w.id = $1)),
       (SELECT p.product FROM n p WHERE p.product <> '' GROUP BY p.product HAVING sum(p.leads) > 0
        ORDER BY sum(p.leads) DESC, p.product LIMIT 1),
       (SELECT p.source FROM n p WHERE p.source <> '' GROUP BY p.source HAVING sum(p.leads) > 0
        ORDER BY sum(p.leads) DESC, p.source LIMIT 1)
FROM n
LEFT JOIN lead_pipeline_stages s ON s.workspace_id = $1 AND s.key = n.stage
