-- Looked up before the workspace is known, so outside row level security; nothing personal may ever be stored here.

CREATE TABLE workspace_directory (
  workspace_id text COLLATE "C" PRIMARY KEY,
  created_at   timestamptz NOT NULL
);

CREATE TABLE webhook_directory (
  webhook_id   uuid PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL
);

CREATE TABLE token_directory (
  token_hash   bytea PRIMARY KEY,
  token_id     uuid NOT NULL UNIQUE,
  workspace_id text COLLATE "C" NOT NULL,
  user_id      uuid NOT NULL
);
