-- Of what accounts want to be reminded, and when. A reminder stays until its account removes it.
CREATE TABLE reminder (
  account TEXT NOT NULL,
  reminder TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  text TEXT,
  room TEXT,
  seq BIGINT,
  created TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (account, reminder),
  CHECK ((room IS NULL) = (seq IS NULL)),
  CHECK (text IS NOT NULL OR room IS NOT NULL)
);

CREATE INDEX reminder_at ON reminder (at);
