-- The oldest entries of rooms, compressed, after they have left the journal. `until` is when the last of
-- them was written, `size` the size of the entries before they were compressed.
CREATE TABLE log_segment (
  room TEXT NOT NULL,
  first BIGINT NOT NULL,
  last BIGINT NOT NULL,
  until TIMESTAMPTZ NOT NULL,
  size BIGINT NOT NULL,
  entries BYTEA NOT NULL,
  PRIMARY KEY (room, first)
);

-- compressed already
ALTER TABLE log_segment ALTER COLUMN entries SET STORAGE EXTERNAL;

CREATE INDEX log_segment_last ON log_segment (room, last);

-- Which of these entries change earlier ones, as the marks in the journal's rows.
CREATE TABLE log_segment_mark (
  room TEXT NOT NULL,
  mark TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (room, mark, seq)
);
