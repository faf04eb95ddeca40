-- Counts of leads that are neither tests nor deleted, kept by the writer in the transaction that changes the leads.
-- '' stands for no product. Past 1,000 names a dimension's further names count as 'other'.

CREATE TABLE lead_counts (
  workspace_id text COLLATE "C" NOT NULL,
  source       text COLLATE "C" NOT NULL,
  product      text COLLATE "C" NOT NULL,
  stage        text COLLATE "C" NOT NULL,
  leads        bigint NOT NULL,
  converted    bigint NOT NULL,
  PRIMARY KEY (workspace_id, source, product, stage)
) WITH (fillfactor = 50);

-- The same by the local day, in the workspace's zone, on which the lead was created.
CREATE TABLE lead_day_counts (
  workspace_id text COLLATE "C" NOT NULL,
  day          date NOT NULL,
  source       text COLLATE "C" NOT NULL,
  product      text COLLATE "C" NOT NULL,
  stage        text COLLATE "C" NOT NULL,
  leads        bigint NOT NULL,
  converted    bigint NOT NULL,
  PRIMARY KEY (workspace_id, day, source, product, stage)
) WITH (fillfactor = 50);

CREATE TABLE lead_count_names (
  workspace_id text COLLATE "C" NOT NULL,
  dimension    text COLLATE "C" NOT NULL CHECK (dimension IN ('source', 'product')),
  name         text COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, dimension, name)
);
