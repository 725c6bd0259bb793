-- The keys that sign tokens. `secret_id` names the operator's secret that encrypts `key`; without it the
-- key is in clear. The database's clock gives the times. `ends` is set when an operator discards a key.
CREATE TABLE token_key (
  id TEXT PRIMARY KEY,
  created TIMESTAMPTZ NOT NULL,
  signs_from TIMESTAMPTZ NOT NULL,
  ends TIMESTAMPTZ,
  secret_id TEXT,
  key BYTEA NOT NULL
);

-- The key of earlier releases had no id and never changed. Devices log in again.
DELETE FROM node_secret WHERE name = 'token-key';
