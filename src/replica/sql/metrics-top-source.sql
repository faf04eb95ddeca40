SELECT source, sum (total) FROM lead_counts WHERE source <> '' GROUP BY source HAVING sum (total) > 0 ORDER BY sum (total) DESC, source LIMIT 1
