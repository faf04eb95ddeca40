--: assigned_to
l.assigned_to = ANY ({1}::uuid[])
--: team
l.team_id = ANY ({1}::text[])
--: product
l.product_interest = ANY ({1}::text[])
--: source
l.lead_source = ANY ({1}::text[])
--: status
l.stage = ANY ({1}::text[])
--: temperature
l.temperature = ANY ({1}::text[])
--: created_from
l.created_at >= {1}::timestamptz
--: created_to
l.created_at < {1}::timestamptz
--: activity_from
l.last_activity_at >= {1}::timestamptz
--: activity_to
l.last_activity_at < {1}::timestamptz
--: created_from day
l.created_at >= (SELECT {1}::timestamp AT TIME ZONE w.timezone FROM workspaces w WHERE w.id = $1)
--: created_to day
l.created_at < (SELECT ({1}::timestamp + interval '1 day') AT TIME ZONE w.timezone FROM workspaces w WHERE w.id = $1)
--: activity_from day
l.last_activity_at >= (SELECT {1}::timestamp AT TIME ZONE w.timezone FROM workspaces w WHERE w.id = $1)
--: activity_to day
l.last_activity_at < (SELECT ({1}::timestamp + interval '1 day') AT TIME ZONE w.timezone FROM workspaces w WHERE w.id = $1)
--: after -created_at
(l.created_at, l.id) < ({1}::timestamptz, {2}::uuid)
--: after created_at
(l.created_at, l.id) > ({1}::timestamptz, {2}::uuid)
--: after -last_activity_at
(l.last_activity_at, l.id) < ({1}::timestamptz, {2}::uuid)
--: after last_activity_at
(l.last_activity_at, l.id) > ({1}::timestamptz, {2}::uuid)
--: order -created_at
l.created_at DESC, l.id DESC
--: order created_at
l.created_at, l.id
--: order -last_activity_at
l.last_activity_at DESC, l.id DESC
--: order last_activity_at
l.last_activity_at, l.id
--: each assigned_to
unnest ({1}::uuid[]) AS driver (value)
--: each team
unnest ({1}::text[]) AS driver (value)
--: each product
unnest ({1}::text[]) AS driver (value)
--: each source
unnest ({1}::text[]) AS driver (value)
--: each status
unnest ({1}::text[]) AS driver (value)
--: by assigned_to
l.assigned_to = driver.value
--: by team
l.team_id = driver.value
--: by product
l.product_interest = driver.value
--: by source
l.lead_source = driver.value
--: by status
l.stage = driver.value
--: each q
({1}) AS driver (value)
--: by q
l.contact_id = driver.value
--: q
l.contact_id IN ({1})
--: q mail
SELECT c.id FROM contacts c WHERE c.workspace_id = $1 AND c.deleted_at IS NULL AND c.email_norm = {1}::text
--: q phone
SELECT c.id FROM contacts c WHERE c.workspace_id = $1 AND c.deleted_at IS NULL AND c.phone_e164 = {1}::text
--: q crm_id
SELECT c.id FROM contacts c WHERE c.workspace_id = $1 AND c.deleted_at IS NULL AND c.crm_id = {1}::text
--: q name
SELECT c.id FROM contacts c WHERE c.workspace_id = $1 AND c.deleted_at IS NULL AND c.name_folded >= {1}::text AND c.name_folded < {2}::text
--: count product
n.product = ANY ({1}::text[])
--: count source
n.source = ANY ({1}::text[])
--: count status
n.stage = ANY ({1}::text[])
