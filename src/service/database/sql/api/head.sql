-- A workspace's place in the feed, and what its epoch is made of.
SELECT h.change_seq, h.tombstones_from, w.epoch,
       (SELECT c.system_identifier FROM pg_control_system() c),
       (SELECT c.timeline_id FROM pg_control_checkpoint() c)
FROM workspace_heads h
JOIN workspaces w ON w.id = h.workspace_id
WHERE h.workspace_id = $1
