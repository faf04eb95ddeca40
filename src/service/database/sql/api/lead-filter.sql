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
--: campaign
l.utm_campaign = ANY ({1}::text[])
--: none assigned_to
(l.assigned_to = ANY ({1}::uuid[]) OR l.assigned_to IS NULL)
--: none team
(l.team_id = ANY ({1}::text[]) OR l.team_id IS NULL)
--: none product
(l.product_interest = ANY ({1}::text[]) OR l.product_interest IS NULL)
--: none source
l.lead_source = ANY ({1}::text[])
--: none status
l.stage = ANY ({1}::text[])
--: none temperature
(l.temperature = ANY ({1}::text[]) OR l.temperature IS NULL)
--: none campaign
(l.utm_campaign = ANY ({1}::text[]) OR l.utm_campaign IS NULL)
--: created_from
l.created_at >= {1}::timestamptz
--: created_to
l.created_at < {1}::timestamptz
--: activity_from
l.last_activity_at >= {1}::timestamptz
--: activity_to
l.last_activity_at < {1}::timestamptz
--: weekday
extract (isodow FROM l.created_at AT TIME ZONE {1}::text) = {2}::int
--: hour
extract (hour FROM l.created_at AT TIME ZONE {1}::text) = {2}::int
--: converted
l.is_converted
--: unanswered
l.stage = ANY ({1}::text[]) AND l.first_response_at IS NULL
--: follow_up
l.stage = ANY ({1}::text[]) AND l.next_follow_up_at <= {2}::timestamptz
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
--: count created_from
n.day >= {1}::date
--: count created_to
n.day < {1}::date
