-- Messages that an account wants to find again, in the order of their numbers. Nobody else reads them.
CREATE TABLE bookmark (
  number BIGINT GENERATED ALWAYS AS IDENTITY,
  account TEXT NOT NULL,
  room TEXT NOT NULL,
  seq BIGINT NOT NULL,
  note TEXT,
  created TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (account, room, seq)
);

CREATE INDEX bookmark_order ON bookmark (account, number);
