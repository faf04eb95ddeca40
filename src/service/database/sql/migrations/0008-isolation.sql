-- A tenant table shows and takes only rows of the workspace that the transaction has set; without one, none.

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'workspace_heads', 'teams', 'memberships', 'tokens', 'audit_log', 'lead_pipeline_stages', 'lead_field_definitions',
    'contacts', 'leads', 'lead_activities', 'lead_custom_fields', 'webhooks', 'deliveries', 'views', 'mutations',
    'tombstones', 'lead_counts', 'lead_day_counts', 'lead_count_names']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format($policy$
      CREATE POLICY workspace ON %I
        USING (workspace_id = nullif(current_setting('inbound.workspace', true), ''))
        WITH CHECK (workspace_id = nullif(current_setting('inbound.workspace', true), ''))
      $policy$, tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO inbound_service', tenant_table);
  END LOOP;
END
$$;

REVOKE UPDATE, DELETE ON audit_log FROM inbound_service;

ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace ON workspaces
  USING (id = nullif(current_setting('inbound.workspace', true), ''))
  WITH CHECK (id = nullif(current_setting('inbound.workspace', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON workspaces TO inbound_service;

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY named_user ON users
  USING (id = nullif(current_setting('inbound.user_id', true), '')::uuid
         OR email_norm = nullif(current_setting('inbound.user_email', true), ''))
  WITH CHECK (id = nullif(current_setting('inbound.user_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON users TO inbound_service;

GRANT SELECT, INSERT, DELETE ON workspace_directory, webhook_directory, token_directory TO inbound_service;
