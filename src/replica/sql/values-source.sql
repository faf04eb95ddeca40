SELECT DISTINCT source FROM lead_counts WHERE total > 0 AND source <> ''
