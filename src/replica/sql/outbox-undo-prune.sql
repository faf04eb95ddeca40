DELETE FROM undos
WHERE number NOT IN (SELECT number FROM done) AND number NOT IN (SELECT number FROM entries)
