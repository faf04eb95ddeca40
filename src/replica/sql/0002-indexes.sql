-- Every list is read from one of these alone; row_id ends each of them by itself.
CREATE INDEX leads_by_created ON leads (created_at, id_order) WHERE shown = 1;
CREATE INDEX leads_by_name ON leads (sort_key, id_order) WHERE shown = 1;
CREATE INDEX leads_by_phone ON leads (contact_phone, id_order) WHERE shown = 1;
CREATE INDEX leads_by_email ON leads (contact_email, id_order) WHERE shown = 1;
CREATE INDEX leads_by_source ON leads (lead_source, created_at, id_order) WHERE shown = 1;
CREATE INDEX leads_by_product ON leads (product_interest, created_at, id_order) WHERE shown = 1;
CREATE INDEX leads_by_stage ON leads (stage, created_at, id_order) WHERE shown = 1;
CREATE INDEX leads_by_contact ON leads (contact_id, shown);
CREATE INDEX lead_activities_by_lead ON lead_activities (lead_id);
CREATE INDEX lead_activities_by_contact ON lead_activities (contact_id) WHERE lead_id IS NULL;
CREATE INDEX leads_by_follow_up ON leads (next_follow_up_at) WHERE next_follow_up_at IS NOT NULL;
