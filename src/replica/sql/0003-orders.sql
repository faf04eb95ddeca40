-- For the lists that are not by time; made when the first sync ends, each in one go. Row by row, in no order of theirs, they would
-- cost it a third of its time.
CREATE INDEX IF NOT EXISTS leads_by_name ON leads (sort_key, id_order) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS leads_by_phone ON leads (contact_phone, id_order) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS leads_by_email ON leads (contact_email, id_order) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS leads_by_source ON leads (lead_source, created_at, id_order) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS leads_by_product ON leads (product_interest, created_at, id_order) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS leads_by_stage ON leads (stage, created_at, id_order) WHERE shown = 1;
