-- What the server has, and what it said; what waits stays. 1: INB_OUTBOX_ANSWERED, 3: INB_OUTBOX_REJECTED.
DELETE FROM entries WHERE number IN (SELECT number FROM answers WHERE state IN (1, 3));
DELETE FROM answers;
DELETE FROM undos;
DELETE FROM done;
