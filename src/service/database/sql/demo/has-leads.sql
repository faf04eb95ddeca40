SELECT EXISTS (SELECT FROM leads WHERE workspace_id = $1) AS has_leads;
