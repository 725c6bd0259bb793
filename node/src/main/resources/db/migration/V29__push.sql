-- What an account wants to be notified of on its devices. Without a row: the standard.
CREATE TABLE push_account (
  account TEXT PRIMARY KEY,
  contents TEXT NOT NULL,
  keywords TEXT[] NOT NULL,
  quiet_from TEXT,
  quiet_to TEXT,
  zone TEXT
);

CREATE TABLE push_level (
  account TEXT NOT NULL,
  room TEXT NOT NULL,
  level TEXT NOT NULL,
  PRIMARY KEY (account, room)
);

-- Messages of which an account may have to be notified. Whether it is, is decided in the moment of sending. Only
-- accounts with a device that is notified have rows; they are deleted after `kith.push.lifetime`.
CREATE TABLE push_event (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account TEXT NOT NULL,
  room TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  UNIQUE (account, room, seq)
);

CREATE INDEX push_event_of_account ON push_event (account, id);
CREATE INDEX push_event_by_time ON push_event (at);

-- The device that a receiver belongs to; it is gone with it.
ALTER TABLE courier_target ADD COLUMN device TEXT;

-- One account for each receiver of notifications: who registers it last has it.
CREATE UNIQUE INDEX courier_target_once ON courier_target (kind, url) WHERE device IS NOT NULL;

-- The key with which the cluster identifies itself to push services. Subscriptions name it, so there is only one.
CREATE TABLE push_key (
  id INT PRIMARY KEY CHECK (id = 1),
  public_key BYTEA NOT NULL,
  secret_id TEXT,
  key BYTEA NOT NULL
);
