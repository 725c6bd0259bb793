-- The members who are muted in a room. A row counts until its time; the room removes it later.
CREATE TABLE room_mute (
  room text NOT NULL,
  account text NOT NULL,
  muted_by text NOT NULL,
  created timestamptz NOT NULL,
  until timestamptz NOT NULL,
  reason text,
  PRIMARY KEY (room, account)
);
CREATE INDEX room_mute_account ON room_mute (account);
