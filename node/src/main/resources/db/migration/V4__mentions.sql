-- Who is named in which messages: one row for each name, and one with the name '@room' for all. Fed
-- by the rooms from their own logs; the latest row of a room says how far.
CREATE TABLE mention (
  room TEXT NOT NULL,
  seq BIGINT NOT NULL,
  name TEXT NOT NULL,
  author TEXT NOT NULL,
  PRIMARY KEY (room, seq, name)
);

CREATE INDEX mention_by_name ON mention (room, name, seq);
