-- Who has seen a view that is not shared any more has to learn that it is gone.
ALTER TABLE views ADD COLUMN was_shared boolean NOT NULL DEFAULT false;
