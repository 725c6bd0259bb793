-- The rooms in which the messages of a deleted account are still to be redacted, and how far.
CREATE TABLE message_erasure (
  account TEXT NOT NULL,
  room TEXT NOT NULL,
  position BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (account, room)
);
