-- What administrators have decided about the whole server. Every node reads the version once a second, and the rest
-- when it has changed. Each change increments the version in its transaction, so changes happen one after the other.
CREATE TABLE server_condition (
  is_only_row BOOLEAN PRIMARY KEY DEFAULT true CHECK (is_only_row),
  version BIGINT NOT NULL DEFAULT 0,
  -- since when nobody may change anything; absent outside of maintenance
  maintenance_since TIMESTAMPTZ,
  maintenance_by TEXT,
  maintenance_message TEXT,
  -- the first account of the server, empty if it is older than this column
  first_account TEXT
);

INSERT INTO server_condition (first_account)
SELECT CASE WHEN EXISTS (SELECT FROM account_directory) THEN '' END;

CREATE TABLE network_ban (
  network CIDR PRIMARY KEY,
  created TIMESTAMPTZ NOT NULL,
  by TEXT NOT NULL,
  until TIMESTAMPTZ,
  reason TEXT
);

CREATE TABLE announcement (
  -- the version of the server's condition that it made, so that later ones have higher numbers
  number BIGINT PRIMARY KEY,
  created TIMESTAMPTZ NOT NULL,
  by TEXT NOT NULL,
  until TIMESTAMPTZ NOT NULL,
  text TEXT NOT NULL
);
