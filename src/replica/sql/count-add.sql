INSERT INTO lead_counts (stage, source, product, total, converted)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (stage, source, product) DO UPDATE
SET total = total + excluded.total, converted = converted + excluded.converted
