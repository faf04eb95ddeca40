-- What test leads come in by; no sender knows it, as it is in no directory.
SELECT 'Test lead' AS name, 'Test lead' AS source_label, 'key' AS auth, NULL AS key_hash, NULL AS previous_key_hash,
       NULL AS previous_key_until, NULL AS field_map, NULL AS rules, 0 AS body_dedupe_seconds, true AS is_active, s.region,
       s.timezone, s.currency
FROM workspaces s
WHERE s.id = $1
