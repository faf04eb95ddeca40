DELETE FROM undos WHERE number = ?1
