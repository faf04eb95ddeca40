-- To the minute, for the owner's list. It is no change: desktops are not told.
ALTER TABLE tokens ADD COLUMN last_used_at timestamptz;
