-- The secrets of second factors: of each account the one that is on, or those that are being set up. Which of them is
-- on is in the journal of the account. A secret is encrypted if the operator has set kith.accounts.token-keys.secret.
CREATE TABLE second_factor (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  secret_id TEXT,
  secret BYTEA NOT NULL,
  PRIMARY KEY (account, id)
);
