SELECT DISTINCT product FROM lead_counts WHERE total > 0 AND product <> ''
