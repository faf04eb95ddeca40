CREATE TABLE webhooks (
  id                  uuid NOT NULL,
  workspace_id        text COLLATE "C" NOT NULL,
  name                text NOT NULL,
  source_label        text NOT NULL,
  auth                text NOT NULL,
  key_hash            bytea,
  previous_key_hash   bytea,
  previous_key_until  timestamptz,
  secret_encrypted    bytea,
  field_map           jsonb,
  rules               jsonb,
  body_dedupe_seconds integer NOT NULL DEFAULT 0,
  is_active           boolean NOT NULL DEFAULT true,
  created_at          timestamptz NOT NULL,
  updated_at          timestamptz NOT NULL,
  created_by          uuid,
  updated_by          uuid,
  deleted_at          timestamptz,
  change_seq          bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, change_seq)
);

-- One row for each event of an accepted request: what came, what became of it, and why. Written in the same transaction
-- as the rows it made, under an id given before, so that after a lost COMMIT its outcome can be looked up.
CREATE TABLE deliveries (
  workspace_id   text COLLATE "C" NOT NULL,
  id             uuid NOT NULL,
  webhook_id     uuid NOT NULL,
  delivery_key   text COLLATE "C",
  element        integer NOT NULL DEFAULT 0,
  received_at    timestamptz NOT NULL,
  stored_at      timestamptz NOT NULL,
  queue_us       integer NOT NULL,
  remote_address text,
  content_type   text,
  body           bytea,
  body_hash      bytea,
  outcome        text NOT NULL,
  reason         jsonb,
  contact_id     uuid,
  lead_id        uuid,
  answer_status  integer NOT NULL,
  answer         text NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

CREATE UNIQUE INDEX deliveries_key ON deliveries (workspace_id, webhook_id, delivery_key, element)
  WHERE delivery_key IS NOT NULL;
CREATE INDEX deliveries_body_hash ON deliveries (workspace_id, webhook_id, body_hash, received_at)
  WHERE body_hash IS NOT NULL;
CREATE INDEX deliveries_received ON deliveries (workspace_id, received_at);
