CREATE TABLE workspaces (
  id         text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
  name       text NOT NULL,
  region     text NOT NULL,
  timezone   text NOT NULL,
  currency   text NOT NULL,
  settings   jsonb NOT NULL DEFAULT '{}',
  epoch      uuid NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  change_seq bigint NOT NULL
);

-- The row that every write transaction of the workspace locks (FOR NO KEY UPDATE); no foreign key may point here.
-- tombstones_from is the oldest cursor for which every tombstone is still kept.
CREATE TABLE workspace_heads (
  workspace_id    text COLLATE "C" PRIMARY KEY,
  change_seq      bigint NOT NULL,
  tombstones_from bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);

-- Users are global; a query sees only the one whose id or mail it names (inbound.user_id, inbound.user_email).
CREATE TABLE users (
  id         uuid PRIMARY KEY,
  name       text NOT NULL,
  email      text,
  email_norm text COLLATE "C" UNIQUE,
  is_service boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);

CREATE TABLE teams (
  workspace_id text COLLATE "C" NOT NULL,
  id           text COLLATE "C" NOT NULL,
  name         text NOT NULL,
  description  text,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  deleted_at   timestamptz,
  change_seq   bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, change_seq)
);

-- Name and mail are copies, so that a workspace's queries never read the global table.
CREATE TABLE memberships (
  workspace_id text COLLATE "C" NOT NULL,
  user_id      uuid NOT NULL,
  role         text NOT NULL CHECK (role IN ('viewer', 'agent', 'manager', 'owner')),
  team_id      text COLLATE "C",
  name         text NOT NULL,
  email        text,
  is_service   boolean NOT NULL DEFAULT false,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  deleted_at   timestamptz,
  change_seq   bigint NOT NULL,
  PRIMARY KEY (workspace_id, user_id),
  UNIQUE (workspace_id, change_seq),
  FOREIGN KEY (workspace_id, team_id) REFERENCES teams (workspace_id, id)
);

CREATE TABLE tokens (
  workspace_id text COLLATE "C" NOT NULL,
  id           uuid NOT NULL,
  user_id      uuid NOT NULL,
  role         text NOT NULL CHECK (role IN ('viewer', 'agent', 'manager', 'owner')),
  name         text NOT NULL,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, user_id) REFERENCES memberships (workspace_id, user_id)
);

-- Append only: the service role may neither change nor delete a line.
CREATE TABLE audit_log (
  workspace_id text COLLATE "C" NOT NULL,
  id           uuid NOT NULL,
  created_at   timestamptz NOT NULL,
  actor_id     uuid,
  actor        text NOT NULL,
  action       text NOT NULL,
  entity       text,
  entity_id    text,
  details      jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, id)
);
