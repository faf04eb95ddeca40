-- The turn of a writer's job that ended last, under the head's lock: whether a COMMIT without an answer took place. The number of its
-- transaction does not tell: after a crash PostgreSQL gives out again those that had not reached its log.
ALTER TABLE workspace_heads ADD COLUMN last_turn uuid;
