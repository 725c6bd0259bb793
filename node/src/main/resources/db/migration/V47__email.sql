-- Codes that confirm the e-mail addresses of accounts, the latest of each account. A row is deleted a day after its
-- first code was sent.
CREATE TABLE push_email (
  account TEXT PRIMARY KEY,
  address TEXT NOT NULL,
  -- the SHA-256 of the code
  code BYTEA NOT NULL,
  expires TIMESTAMPTZ NOT NULL,
  -- attempts to guess this code
  tries INT NOT NULL,
  -- codes sent since then
  sent INT NOT NULL,
  since TIMESTAMPTZ NOT NULL
);

CREATE INDEX push_email_by_address ON push_email (address);
