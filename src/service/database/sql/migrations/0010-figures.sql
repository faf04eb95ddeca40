-- Time to first response, and who waits for it, without reading the leads themselves; and what was won when.
CREATE INDEX leads_response ON leads (workspace_id, created_at, first_response_at)
  WHERE first_response_at IS NOT NULL AND deleted_at IS NULL AND NOT is_test;
CREATE INDEX leads_waiting ON leads (workspace_id, created_at, id) INCLUDE (stage)
  WHERE first_response_at IS NULL AND deleted_at IS NULL AND NOT is_test;
CREATE INDEX leads_converted ON leads (workspace_id, converted_at)
  WHERE converted_at IS NOT NULL AND deleted_at IS NULL AND NOT is_test;
