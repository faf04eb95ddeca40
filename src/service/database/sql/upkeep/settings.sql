SELECT settings ->> 'delivery_body_days' AS delivery_body_days, settings ->> 'mutation_days' AS mutation_days FROM workspaces WHERE id = $1
