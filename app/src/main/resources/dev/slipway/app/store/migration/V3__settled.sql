-- Ended, and everything that was to be told and recorded about it is: no start brings it back.
ALTER TABLE changes ADD COLUMN settled boolean NOT NULL DEFAULT false;
CREATE INDEX changes_unsettled ON changes (id) WHERE NOT settled;
