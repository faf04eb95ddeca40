-- Where the window of $3 activities below $2 ends, how many it has, and when its newest was last written.
SELECT min(p.change_seq), count(*), max(p.updated_at) < now() - interval '91 days'
FROM (
  SELECT t.change_seq, t.updated_at
  FROM lead_activities t
  WHERE t.workspace_id = $1 AND t.change_seq <= $2::bigint
  ORDER BY t.change_seq DESC
  LIMIT $3::bigint
) p
