-- Whether another service process listens on this database.
SELECT count(*) FROM pg_stat_activity
WHERE application_name = 'inbound-leads live' AND datname = current_database() AND pid <> pg_backend_pid()
