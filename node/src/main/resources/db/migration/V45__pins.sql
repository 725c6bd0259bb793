-- The pinned messages of rooms, as their logs say. `pin` is the entry that pinned the message.
CREATE TABLE pinned_message (
  room TEXT NOT NULL,
  seq BIGINT NOT NULL,
  pin BIGINT NOT NULL,
  PRIMARY KEY (room, seq)
);

CREATE INDEX pinned_message_order ON pinned_message (room, pin);
