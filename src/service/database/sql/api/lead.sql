SELECT {lead_columns}, {contact_columns}
FROM leads l
LEFT JOIN contacts c ON c.workspace_id = $1 AND c.id = l.contact_id
WHERE l.workspace_id = $1 AND l.id = $2::uuid AND l.deleted_at IS NULL
