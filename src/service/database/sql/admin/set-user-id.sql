SELECT set_config('inbound.user_id', $1, true);
