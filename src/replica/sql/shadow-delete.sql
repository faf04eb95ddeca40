DELETE FROM shadows WHERE key = ?1
