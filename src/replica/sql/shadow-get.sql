SELECT value FROM shadows WHERE key = ?1
