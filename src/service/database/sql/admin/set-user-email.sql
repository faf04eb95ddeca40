SELECT set_config('inbound.user_email', $1, true);
