DELETE FROM entries WHERE number = ?1
