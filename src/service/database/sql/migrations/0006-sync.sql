CREATE TABLE views (
  id           uuid NOT NULL,
  workspace_id text COLLATE "C" NOT NULL,
  user_id      uuid NOT NULL,
  name         text NOT NULL,
  is_shared    boolean NOT NULL DEFAULT false,
  filter       jsonb NOT NULL DEFAULT '{}',
  columns      jsonb NOT NULL DEFAULT '[]',
  sort         text,
  position     integer NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  deleted_at   timestamptz,
  change_seq   bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, change_seq)
);

-- What a client asked for and was answered; a repeat gets the stored answer.
CREATE TABLE mutations (
  workspace_id text COLLATE "C" NOT NULL,
  user_id      uuid NOT NULL,
  id           uuid NOT NULL,
  group_id     uuid,
  entity       text NOT NULL,
  entity_id    uuid NOT NULL,
  request      jsonb NOT NULL,
  answer       jsonb NOT NULL,
  change_seq   bigint,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, user_id, id)
);

CREATE INDEX mutations_group ON mutations (workspace_id, group_id) WHERE group_id IS NOT NULL;
CREATE INDEX mutations_created ON mutations (workspace_id, created_at);

-- What was erased, so that every replica forgets it.
CREATE TABLE tombstones (
  workspace_id text COLLATE "C" NOT NULL,
  kind         text COLLATE "C" NOT NULL,
  entity_id    text COLLATE "C" NOT NULL,
  created_at   timestamptz NOT NULL,
  change_seq   bigint NOT NULL,
  PRIMARY KEY (workspace_id, kind, entity_id),
  UNIQUE (workspace_id, change_seq)
);
