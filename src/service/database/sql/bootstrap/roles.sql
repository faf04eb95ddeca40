-- Run by a superuser, again and again. The owner makes the schema; the service neither owns it nor passes by its policies;
-- backups read everything.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'inbound_owner') THEN
    CREATE ROLE inbound_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'inbound_service') THEN
    CREATE ROLE inbound_service LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    ALTER ROLE inbound_service SET statement_timeout = '30s';
    ALTER ROLE inbound_service SET idle_in_transaction_session_timeout = '30s';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'inbound_backup') THEN
    CREATE ROLE inbound_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS;
    GRANT pg_read_all_data TO inbound_backup;
  END IF;
END
$$;
