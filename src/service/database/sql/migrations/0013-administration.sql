-- Leads of a stage that no list shows, for whoever changes the stage.
CREATE INDEX leads_stage_hidden ON leads (workspace_id, stage, created_at DESC, id DESC) WHERE deleted_at IS NOT NULL OR is_test;

-- The stage's category has changed, and not all of its leads have followed yet.
ALTER TABLE lead_pipeline_stages ADD COLUMN is_unsettled boolean NOT NULL DEFAULT false;
