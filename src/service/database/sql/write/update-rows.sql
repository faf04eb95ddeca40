-- Rows that are known to exist, under the workspace's lock. As an upsert, since the conflict is found by the key's index
-- whatever the statistics say: an UPDATE that joins the values scans the workspace while its tables are young.
INSERT INTO {table} ({columns}) VALUES {rows}
ON CONFLICT (workspace_id, {key}) DO UPDATE SET {assignments}
