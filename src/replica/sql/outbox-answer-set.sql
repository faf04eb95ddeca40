INSERT INTO answers (number, state, result, epoch) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (number) DO UPDATE SET state = excluded.state, result = excluded.result, epoch = excluded.epoch
