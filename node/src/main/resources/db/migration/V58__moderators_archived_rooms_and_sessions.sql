-- Moderators and owners of each room, to find the rooms in which requests to join or reports wait for a user. A room
-- writes them when it wakes, and with each change of its moderators.
CREATE TABLE room_moderator (
  account text NOT NULL,
  room text NOT NULL,
  PRIMARY KEY (account, room)
);
CREATE INDEX room_moderator_room ON room_moderator (room);

-- Archived rooms are not in the list of public rooms.
ALTER TABLE room_directory ADD COLUMN archived boolean NOT NULL DEFAULT false;

-- When the refresh token of a provider was encrypted; absent for those of before.
ALTER TABLE identity_session ADD COLUMN wrapped timestamptz;
