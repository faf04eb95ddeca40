SELECT product, sum (total) FROM lead_counts WHERE product <> '' GROUP BY product HAVING sum (total) > 0 ORDER BY sum (total) DESC, product LIMIT 1
