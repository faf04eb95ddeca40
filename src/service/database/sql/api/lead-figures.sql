--: cells
SELECT l.lead_source AS source, coalesce (l.product_interest, '') AS product, l.stage, count (*) AS leads,
         count (*) FILTER (WHERE l.is_converted) AS converted
  FROM leads l
  WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test{predicates}
  GROUP BY 1, 2, 3
--: counted cells
SELECT n.source, n.product, n.stage, sum (n.leads)::bigint AS leads, sum (n.converted)::bigint AS converted
  FROM {table} n
  WHERE n.workspace_id = $1{predicates}
  GROUP BY 1, 2, 3
--: day cells
SELECT (q.quarter AT TIME ZONE {zone}::text)::date AS day, q.source, q.product, q.stage, q.leads, q.converted
  FROM (
    SELECT date_bin ('15 minutes', l.created_at, '2000-01-01 00:00+00') AS quarter, l.lead_source AS source,
           coalesce (l.product_interest, '') AS product, l.stage, count (*) AS leads, count (*) FILTER (WHERE l.is_converted) AS converted
    FROM leads l
    WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test{predicates}
    GROUP BY 1, 2, 3, 4
  ) q
--: counted day cells
SELECT n.day, n.source, n.product, n.stage, n.leads, n.converted
  FROM lead_day_counts n
  WHERE n.workspace_id = $1{predicates}
--: totals
WITH n AS MATERIALIZED (
  {cells}
)
SELECT n.source, n.product, n.stage, sum (n.leads)::bigint, sum (n.converted)::bigint
FROM n
GROUP BY GROUPING SETS ((n.source), (n.product), (n.stage))
HAVING sum (n.leads) > 0
--: days
WITH n AS (
  {day cells}
)
SELECT n.day, n.stage, sum (n.leads)::bigint, sum (n.converted)::bigint
FROM n
GROUP BY 1, 2
HAVING sum (n.leads) > 0
--: responses
WITH n AS (
  SELECT r.seconds, count (*) AS leads
  FROM (
    SELECT greatest (floor (date_part ('epoch', l.first_response_at - l.created_at)), 0)::bigint AS seconds
    FROM leads l
    WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test AND l.first_response_at IS NOT NULL{predicates}
  ) r
  GROUP BY 1
), s AS (
  SELECT n.seconds, n.leads, sum (n.leads) OVER (ORDER BY n.seconds) AS upto, sum (n.leads) OVER () AS answered FROM n
)
SELECT coalesce (max (s.answered), 0)::bigint,
       min (s.seconds) FILTER (WHERE s.upto >= ceil (s.answered * 0.5)),
       min (s.seconds) FILTER (WHERE s.upto >= ceil (s.answered * 0.9)),
       coalesce (sum (s.leads) FILTER (WHERE s.seconds <= 300), 0)::bigint
FROM s
--: waiting
SELECT count (*)
FROM leads l
WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test AND l.first_response_at IS NULL
  AND l.stage = ANY ({open}::text[]){predicates}
--: waiting longest
SELECT l.id, l.created_at
FROM leads l
WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test AND l.first_response_at IS NULL
  AND l.stage = ANY ({open}::text[]){predicates}
ORDER BY l.created_at, l.id
LIMIT 1
--: products by source
SELECT n.source, n.product, sum (n.leads)::bigint, sum (n.converted)::bigint, NULL
FROM (
  {cells}
) n
GROUP BY 1, 2
HAVING sum (n.leads) > 0
--: values by source
SELECT l.lead_source, coalesce (l.product_interest, ''), count (*), 0,
       coalesce (sum (CASE WHEN l.is_converted THEN coalesce (l.conversion_value, l.estimated_value) ELSE l.estimated_value END)
                 FILTER (WHERE l.currency = {currency}::text), 0)
FROM leads l
WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test{predicates}
GROUP BY 1, 2
--: hours
SELECT extract (isodow FROM q.quarter AT TIME ZONE {zone}::text)::int, extract (hour FROM q.quarter AT TIME ZONE {zone}::text)::int,
       sum (q.leads)::bigint, sum (q.converted)::bigint, coalesce (sum (q.value), 0)
FROM (
  SELECT date_bin ('15 minutes', l.created_at, '2000-01-01 00:00+00') AS quarter, count (*) AS leads,
         count (*) FILTER (WHERE l.is_converted) AS converted,
         sum (CASE WHEN l.is_converted THEN coalesce (l.conversion_value, l.estimated_value) ELSE l.estimated_value END)
           FILTER (WHERE l.currency = {currency}::text) AS value
  FROM leads l
  WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test{predicates}
  GROUP BY 1
) q
GROUP BY 1, 2
--: responses by source
SELECT n.source, n.product, grouping (n.source), grouping (n.product), percentile_disc (0.5) WITHIN GROUP (ORDER BY n.seconds)
FROM (
  SELECT CASE WHEN l.lead_source = ANY ({rows}::text[]) THEN l.lead_source END AS source,
         CASE WHEN coalesce (l.product_interest, '') = ANY ({columns}::text[]) THEN coalesce (l.product_interest, '') END AS product,
         greatest (floor (date_part ('epoch', l.first_response_at - l.created_at)), 0)::bigint AS seconds
  FROM leads l
  WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test AND l.first_response_at IS NOT NULL{predicates}
) n
GROUP BY CUBE (n.source, n.product)
--: responses by hour
SELECT n.weekday, n.hour, grouping (n.weekday), grouping (n.hour), percentile_disc (0.5) WITHIN GROUP (ORDER BY n.seconds)
FROM (
  SELECT extract (isodow FROM l.created_at AT TIME ZONE {zone}::text)::int AS weekday,
         extract (hour FROM l.created_at AT TIME ZONE {zone}::text)::int AS hour,
         greatest (floor (date_part ('epoch', l.first_response_at - l.created_at)), 0)::bigint AS seconds
  FROM leads l
  WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test AND l.first_response_at IS NOT NULL{predicates}
) n
GROUP BY CUBE (n.weekday, n.hour)
--: first day
SELECT min (l.created_at)
FROM leads l
WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test{predicates}
--: counted first day
SELECT min (n.day) FROM lead_day_counts n WHERE n.workspace_id = $1 AND n.leads > 0{predicates}
--: series by source
WITH n AS (
  {day cells}
)
SELECT n.source, date_trunc ({step}::text, n.day::timestamp)::date, sum (n.leads)::bigint
FROM n
GROUP BY 1, 2
HAVING sum (n.leads) > 0
--: series by product
WITH n AS (
  {day cells}
)
SELECT n.product, date_trunc ({step}::text, n.day::timestamp)::date, sum (n.leads)::bigint
FROM n
GROUP BY 1, 2
HAVING sum (n.leads) > 0
--: won
SELECT date_trunc ({step}::text, l.converted_at AT TIME ZONE {zone}::text)::date, count (*),
       coalesce (sum (coalesce (l.conversion_value, l.estimated_value)) FILTER (WHERE l.currency = {currency}::text), 0)
FROM leads l
WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test AND l.is_converted
  AND l.converted_at >= {from}::timestamptz AND l.converted_at < {to}::timestamptz{predicates}
GROUP BY 1
--: response classes
SELECT count (*) FILTER (WHERE r.seconds <= 60), count (*) FILTER (WHERE r.seconds <= 300), count (*) FILTER (WHERE r.seconds <= 900),
       count (*) FILTER (WHERE r.seconds <= 3600), count (*) FILTER (WHERE r.seconds <= 14400),
       count (*) FILTER (WHERE r.seconds <= 86400), count (*)
FROM (
  SELECT greatest (floor (date_part ('epoch', l.first_response_at - l.created_at)), 0)::bigint AS seconds
  FROM leads l
  WHERE l.workspace_id = $1 AND l.deleted_at IS NULL AND NOT l.is_test AND l.first_response_at IS NOT NULL{predicates}
) r
--: stages
SELECT n.stage, sum (n.leads)::bigint
FROM (
  {cells}
) n
GROUP BY 1
HAVING sum (n.leads) > 0
