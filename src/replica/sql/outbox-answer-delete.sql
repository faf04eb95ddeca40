DELETE FROM answers WHERE number = ?1
