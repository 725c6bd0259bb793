-- Receivers outside of the cluster, and why they receive nothing at present. `secret_id` names the secret of the
-- operator that encrypts `secret`; null: it is not encrypted. `kinds` are separated by commas.
CREATE TABLE courier_target (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  account TEXT NOT NULL,
  room TEXT NOT NULL,
  url TEXT NOT NULL,
  kinds TEXT NOT NULL,
  secret_id TEXT,
  secret BYTEA NOT NULL,
  created TIMESTAMPTZ NOT NULL,
  state TEXT NOT NULL DEFAULT 'active',
  reason TEXT,
  failures INT NOT NULL DEFAULT 0,
  since TIMESTAMPTZ,
  next_try TIMESTAMPTZ,
  delivered TIMESTAMPTZ
);

CREATE INDEX courier_target_by_room ON courier_target (room);
CREATE INDEX courier_target_by_account ON courier_target (account);

-- Up to where a target has received the entries of a room. Moved by compare-and-set.
CREATE TABLE courier_position (
  target TEXT NOT NULL REFERENCES courier_target ON DELETE CASCADE,
  room TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (target, room)
);
