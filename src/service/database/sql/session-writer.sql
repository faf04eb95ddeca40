-- The writer's statements have one right plan each, by an index. Planned while a workspace is young, PostgreSQL would choose
-- to scan, and keep the plan while the tables grow under it.
SET jit = off;
SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off;
