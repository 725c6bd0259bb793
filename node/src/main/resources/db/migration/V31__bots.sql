-- The bots of each user, to list and count them. A row may precede its account; who may act on a bot is in
-- the journal of its account.
CREATE TABLE bot (
  account TEXT NOT NULL,
  owner TEXT NOT NULL,
  PRIMARY KEY (account, owner)
);

CREATE INDEX bot_owner ON bot (owner);
