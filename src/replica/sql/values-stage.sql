SELECT used.stage
FROM (SELECT DISTINCT stage FROM lead_counts WHERE total > 0 AND stage <> '') AS used
LEFT JOIN lead_pipeline_stages AS stages ON stages.key = used.stage
GROUP BY used.stage
ORDER BY min (stages.position) IS NULL, min (stages.position), used.stage
