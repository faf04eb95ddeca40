-- What takes a mutation back; and the lead or the contact that it concerned, as an agent's group may concern one of each.
ALTER TABLE mutations ADD COLUMN undo jsonb;
ALTER TABLE mutations ADD COLUMN lead_id uuid;
ALTER TABLE mutations ADD COLUMN contact_id uuid;

-- Made after the other indexes, as with leads: of equals PostgreSQL takes the one made last, and while it knows nothing of the table
-- every index that begins with workspace_id is equal, so that a first bulk would look for each of its mutations among all of them.
ALTER TABLE mutations DROP CONSTRAINT mutations_pkey;
ALTER TABLE mutations ADD PRIMARY KEY (workspace_id, user_id, id);
