-- For how long no device was used before one is notified; null: at once.
ALTER TABLE push_account ADD COLUMN away_minutes INT;

-- When the user of an account was active last, on any device. Only accounts that are notified have rows.
CREATE TABLE push_activity (
  account TEXT PRIMARY KEY,
  at TIMESTAMPTZ NOT NULL
);

-- Notifications that a receiver has accepted: they are withdrawn when the message is read. Deleted then, and after
-- `kith.push.lifetime`.
CREATE TABLE push_shown (
  target TEXT NOT NULL REFERENCES courier_target ON DELETE CASCADE,
  account TEXT NOT NULL,
  room TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (target, room, seq)
);

CREATE INDEX push_shown_by_time ON push_shown (at);
