INSERT INTO undos (number, record) VALUES (?1, ?2) ON CONFLICT (number) DO NOTHING
