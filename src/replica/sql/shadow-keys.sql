SELECT key FROM shadows ORDER BY key
