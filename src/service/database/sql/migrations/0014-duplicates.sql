-- Second numbers and addresses of contacts in the form that they are matched by; the first ones stand in contacts. Written by the
-- service with the contact, as no SQL can read a phone number.
CREATE TABLE contact_keys (
  workspace_id text COLLATE "C" NOT NULL,
  key          text COLLATE "C" NOT NULL,
  contact_id   uuid NOT NULL,
  PRIMARY KEY (workspace_id, key, contact_id)
);

CREATE INDEX contact_keys_contact ON contact_keys (workspace_id, contact_id);
CREATE INDEX contacts_conflicts ON contacts (workspace_id, id) WHERE identity_conflicts IS NOT NULL AND deleted_at IS NULL;

ALTER TABLE contact_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE contact_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace ON contact_keys
  USING (workspace_id = nullif(current_setting('inbound.workspace', true), ''))
  WITH CHECK (workspace_id = nullif(current_setting('inbound.workspace', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON contact_keys TO inbound_service;
