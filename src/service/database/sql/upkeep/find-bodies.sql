-- A page of old deliveries in order of arrival, whether or not they still have their body: what a page costs is bounded
-- also where all of them were cleared before.
SELECT id, received_at, body IS NOT NULL FROM deliveries
WHERE workspace_id = $1 AND received_at >= $2::timestamptz AND (received_at, id) > ($2::timestamptz, $3::uuid)
  AND received_at < $4::timestamptz
ORDER BY received_at, id
LIMIT 500
