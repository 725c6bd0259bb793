-- Requests to which clients gave an id, so that they can repeat them. `key` is a hash of account and id,
-- `digest` a hash of the request that is keyed with the id. `target` is the id of the room or invitation.
CREATE TABLE client_request (
  key BYTEA PRIMARY KEY,
  account TEXT NOT NULL,
  made TIMESTAMPTZ NOT NULL,
  salt BYTEA NOT NULL,
  digest BYTEA NOT NULL,
  target TEXT NOT NULL,
  is_done BOOLEAN NOT NULL
);

CREATE INDEX client_request_age ON client_request (made);
CREATE INDEX client_request_account ON client_request (account, made);
