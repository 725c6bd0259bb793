-- Requests to join rooms whose moderators approve who joins. A row counts until its time. `decision` is absent while
-- the request waits for a moderator.
CREATE TABLE join_request (
  room text NOT NULL,
  account text NOT NULL,
  name text NOT NULL,
  message text,
  created timestamptz NOT NULL,
  until timestamptz NOT NULL,
  decision text CHECK (decision IN ('accepted', 'declined')),
  reason text,
  PRIMARY KEY (room, account)
);
CREATE INDEX join_request_account ON join_request (account);
