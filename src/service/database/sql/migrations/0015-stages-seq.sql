-- The highest change_seq of the workspace's stages, under its lock: who knows them from before sees that they have changed.
ALTER TABLE workspace_heads ADD COLUMN stages_seq bigint NOT NULL DEFAULT 0;
