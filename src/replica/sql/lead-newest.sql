SELECT max (created_at) FROM leads INDEXED BY leads_by_created WHERE shown = 1
