-- For the lists that are not by time; made when the first sync ends, each in one go. Row by row, in no order of theirs, they would
-- cost it a third of its time.
CREATE INDEX IF NOT EXISTS leads_by_name ON leads (sort_key, id_order) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS leads_by_phone ON leads (contact_phone, id_order) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS leads_by_email ON leads (contact_email, id_order) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS leads_by_source ON leads (lead_source, created_at, id_order) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS leads_by_product ON leads (product_interest, created_at, id_order) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS leads_by_stage ON leads (stage, created_at, id_order) WHERE shown = 1;
-- Who has a number or an address, as the first one or as a second one; second ones without what people put between digits.
CREATE INDEX IF NOT EXISTS contacts_by_phone ON contacts (phone_e164) WHERE phone_e164 IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS contacts_by_email ON contacts (email_norm) WHERE email_norm IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS contacts_by_second_phone
  ON contacts (replace (replace (replace (replace (replace (replace (phone_secondary, ' ', ''), '-', ''), '/', ''), '(', ''), ')', ''), '.', ''))
  WHERE phone_secondary IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS contacts_by_whatsapp
  ON contacts (replace (replace (replace (replace (replace (replace (whatsapp, ' ', ''), '-', ''), '/', ''), '(', ''), ')', ''), '.', ''))
  WHERE whatsapp IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS contacts_by_second_email ON contacts (lower (email_secondary))
  WHERE email_secondary IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS contacts_in_conflict ON contacts (id) WHERE identity_conflicts IS NOT NULL AND deleted_at IS NULL;
