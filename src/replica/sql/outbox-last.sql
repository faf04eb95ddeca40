SELECT max (coalesce ((SELECT max (number) FROM entries), 0), coalesce ((SELECT max (number) FROM done), 0))
