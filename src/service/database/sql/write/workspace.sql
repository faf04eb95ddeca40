SELECT timezone, region, currency FROM workspaces WHERE id = $1
