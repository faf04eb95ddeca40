-- A list's generic plan is the right one for every parameter, and planning each time would cost more than running it.
SET jit = off;
SET plan_cache_mode = force_generic_plan;
SET default_transaction_read_only = on;
