SELECT id, name, region, timezone, currency, created_at FROM workspaces WHERE id = $1;
