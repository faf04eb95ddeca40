-- Deleted ones may stay behind in a stage that goes.
SELECT EXISTS (SELECT FROM leads t WHERE t.workspace_id = $1 AND t.stage = $2 AND t.deleted_at IS NULL AND NOT t.is_test)
    OR EXISTS (SELECT FROM leads t WHERE t.workspace_id = $1 AND t.stage = $2 AND (t.deleted_at IS NOT NULL OR t.is_test)
                 AND t.deleted_at IS NULL);
