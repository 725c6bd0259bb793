-- How far each member has read each room: one row for both, never one for each message. Written in
-- batches, and merged by maximum, so that it does not matter which comes last. `messages` is how
-- many of the room's messages lie before `read`.
CREATE TABLE read_position (
  account TEXT NOT NULL,
  room TEXT NOT NULL,
  read BIGINT NOT NULL,
  messages BIGINT NOT NULL,
  unread_from BIGINT NOT NULL,
  muted BOOLEAN NOT NULL,
  PRIMARY KEY (account, room)
);
