-- What takes a mutation back; and the lead or the contact that it concerned, as an agent's group may concern one of each.
ALTER TABLE mutations ADD COLUMN undo jsonb;
ALTER TABLE mutations ADD COLUMN lead_id uuid;
ALTER TABLE mutations ADD COLUMN contact_id uuid;
