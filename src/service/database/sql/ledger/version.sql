SELECT coalesce(max(version), 0) FROM public.schema_migrations;
