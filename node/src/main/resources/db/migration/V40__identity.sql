-- Signing in with identity providers. A sign-in that is under way can continue at every node; its state is secret, and
-- encrypted if the operator has set kith.accounts.token-keys.secret. The id is a hash.
CREATE TABLE identity_flow (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  account TEXT,
  device_name TEXT NOT NULL,
  cookies BOOLEAN NOT NULL,
  secret_id TEXT,
  secret BYTEA NOT NULL,
  next_question TIMESTAMPTZ NOT NULL,
  expires TIMESTAMPTZ NOT NULL
);

CREATE INDEX identity_flow_expires ON identity_flow (expires);

-- Who an account is at a provider. One identity has one account.
CREATE TABLE identity_link (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL,
  provider TEXT NOT NULL,
  linked TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (issuer, subject),
  UNIQUE (account, provider)
);

-- The devices that signed in with a provider, and the token with which the node asks it again.
CREATE TABLE identity_session (
  account TEXT NOT NULL,
  device TEXT NOT NULL,
  provider TEXT NOT NULL,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  session TEXT,
  secret_id TEXT,
  refresh_token BYTEA,
  asked TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (account, device)
);

CREATE INDEX identity_session_subject ON identity_session (issuer, subject);
