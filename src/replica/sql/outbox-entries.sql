SELECT entries.number, entries.id, entries.group_id, entries.label, entries.actor, entries.mutation, entries.takes_back, entries.checksum,
       answers.state, answers.result, answers.epoch,
       EXISTS (SELECT 1 FROM undos WHERE undos.number = entries.number)
FROM entries
LEFT JOIN answers ON answers.number = entries.number
WHERE entries.actor = ?1
ORDER BY entries.number
