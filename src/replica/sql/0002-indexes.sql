-- Every list is read from an index alone; row_id ends each of them by itself. These are there from the beginning.
CREATE INDEX leads_by_created ON leads (created_at, id_order) WHERE shown = 1;
CREATE INDEX leads_by_contact ON leads (contact_id, shown);
CREATE INDEX lead_activities_by_lead ON lead_activities (lead_id);
CREATE INDEX lead_activities_by_contact ON lead_activities (contact_id) WHERE lead_id IS NULL;
CREATE INDEX leads_by_follow_up ON leads (next_follow_up_at) WHERE next_follow_up_at IS NOT NULL;
