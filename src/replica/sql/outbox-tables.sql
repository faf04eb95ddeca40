-- What the user did and the server has not confirmed. An entry's row never changes: its checksum proves it when the file is damaged.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value
) WITHOUT ROWID;

CREATE TABLE entries (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  group_id TEXT NOT NULL,
  label TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind INTEGER NOT NULL,
  entity_id TEXT NOT NULL,
  mutation TEXT NOT NULL,
  takes_back TEXT,
  checksum INTEGER NOT NULL
);
CREATE UNIQUE INDEX entries_by_id ON entries (id);
CREATE INDEX entries_by_group ON entries (group_id);

-- What the server said of an entry that is still there.
CREATE TABLE answers (
  number INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,
  result TEXT NOT NULL,
  epoch TEXT NOT NULL
);

-- What an entry wrote, so that it can be taken back.
CREATE TABLE undos (
  number INTEGER PRIMARY KEY,
  record TEXT NOT NULL
);

-- Entries that are over, for undo and for the report of their group.
CREATE TABLE done (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  group_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind INTEGER NOT NULL,
  entity_id TEXT NOT NULL,
  status INTEGER NOT NULL,
  done_at INTEGER NOT NULL
);
CREATE INDEX done_by_group ON done (group_id, number);
