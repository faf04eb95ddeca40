-- ?2: INB_OUTBOX_REJECTED: there is nothing to take back. Last things first.
SELECT entries.number, entries.id, entries.kind, entries.entity_id, undos.record
FROM entries
JOIN undos ON undos.number = entries.number
LEFT JOIN answers ON answers.number = entries.number
WHERE entries.group_id = ?1 AND answers.state IS NOT ?2
UNION ALL
SELECT done.number, done.id, done.kind, done.entity_id, undos.record
FROM done
JOIN undos ON undos.number = done.number
WHERE done.group_id = ?1
ORDER BY 1 DESC
