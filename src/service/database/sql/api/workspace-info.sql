-- What figures depend on, and whether the roll-up still names every source and product (past 1,000 it folds the further ones).
SELECT w.timezone, w.currency,
       (SELECT count(*) FROM lead_count_names m WHERE m.workspace_id = $1 AND m.dimension = 'source') < 1000
       AND (SELECT count(*) FROM lead_count_names m WHERE m.workspace_id = $1 AND m.dimension = 'product') < 1000
FROM workspaces w
WHERE w.id = $1
