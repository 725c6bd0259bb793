-- When a room has to be asked next to remove its oldest entries; null: not before it commits something.
-- `settings` are the node's settings with which the time was found: with others, the room is asked again.
CREATE TABLE room_aging (
  room TEXT PRIMARY KEY,
  settings TEXT NOT NULL,
  due TIMESTAMPTZ
);

CREATE INDEX room_aging_due ON room_aging (due) WHERE due IS NOT NULL;
