-- `verified` is set when all bytes of a content are there and their SHA-256 is right, while the command of
-- kith.files.scan still has to check them.
ALTER TABLE file_content ADD COLUMN verified BOOLEAN NOT NULL DEFAULT false;

-- Uploads whose content was refused and destroyed, so that their uploaders learn why. Deleted after a while.
CREATE TABLE file_infected (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX file_infected_at ON file_infected (at);
CREATE INDEX file_infected_account ON file_infected (account);
