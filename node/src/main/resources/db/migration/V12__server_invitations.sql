-- Invitations to sign up on this server. Only a hash of each token is stored.
CREATE TABLE server_invitation (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  expires TIMESTAMPTZ NOT NULL,
  uses_left INT NOT NULL
);

-- The names that an invitation was used for: a repeated sign-up takes no second use.
CREATE TABLE server_invitation_use (
  invitation TEXT NOT NULL REFERENCES server_invitation ON DELETE CASCADE,
  account TEXT NOT NULL,
  PRIMARY KEY (invitation, account)
);
