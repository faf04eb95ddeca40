-- The tables of rows come from the column table (inb-replica-table.c); these are the replica's own.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value
) WITHOUT ROWID;

-- What free text is looked for in, folded: short rows by themselves, as all of them are read. inb-search-text.h tells their form.
CREATE TABLE lead_texts (
  row_id INTEGER PRIMARY KEY,
  person TEXT NOT NULL,
  inquiry TEXT NOT NULL
);

-- How many shown leads there are of each combination, kept by the transaction that writes the leads; '' stands for none.
CREATE TABLE lead_counts (
  stage TEXT NOT NULL,
  source TEXT NOT NULL,
  product TEXT NOT NULL,
  total INTEGER NOT NULL,
  converted INTEGER NOT NULL,
  PRIMARY KEY (stage, source, product)
) WITHOUT ROWID;

-- What was erased: a row that was on its way meanwhile must not come back.
CREATE TABLE erased (
  kind INTEGER NOT NULL,
  id TEXT NOT NULL,
  change_seq INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- Rows that differ from the server's by what waits in the outbox: the server's version, as JSON; NULL when it has none. The key is
-- that of inb_outbox_key_new(), the contact that of the server's lead or activity.
CREATE TABLE shadows (
  key TEXT PRIMARY KEY,
  contact_id TEXT,
  value TEXT
) WITHOUT ROWID;
CREATE INDEX shadows_by_contact ON shadows (contact_id) WHERE contact_id IS NOT NULL;
