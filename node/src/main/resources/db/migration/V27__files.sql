-- The contents of files. Each content of an account is stored once; `received` bytes of it are there.
-- `type` is set when all bytes are there and their SHA-256 is right. `doubted` is set when a file that
-- names the content was deleted; content that no file names is removed, in two steps.
CREATE TABLE file_content (
  id UUID PRIMARY KEY,
  account TEXT NOT NULL,
  sha256 BYTEA NOT NULL,
  size BIGINT NOT NULL,
  received BIGINT NOT NULL DEFAULT 0,
  type TEXT,
  width INT,
  height INT,
  doubted TIMESTAMPTZ,
  removing BOOLEAN NOT NULL DEFAULT false
);

CREATE UNIQUE INDEX file_content_once ON file_content (account, sha256, size) WHERE NOT removing;
CREATE INDEX file_content_doubted ON file_content (doubted) WHERE doubted IS NOT NULL;

-- The bytes, in parts of 256 KiB: compressing them again would cost CPU time and gain nothing.
CREATE TABLE file_part (
  content UUID NOT NULL,
  part INT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (content, part)
);

ALTER TABLE file_part ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Names of contents. A file belongs to its account until a message of that account, in `room` and with
-- the id `post`, claims it; then it belongs to that message for ever. `seq` is the place of the message
-- in the room's log, written by the projection of the room.
CREATE TABLE file (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  content UUID NOT NULL REFERENCES file_content,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  created TIMESTAMPTZ NOT NULL DEFAULT now(),
  room TEXT,
  post TEXT,
  claimed TIMESTAMPTZ,
  seq BIGINT
);

CREATE INDEX file_by_content ON file (content);
CREATE INDEX file_by_message ON file (room, seq) WHERE room IS NOT NULL;
CREATE INDEX file_unclaimed ON file (account, created) WHERE room IS NULL;
CREATE INDEX file_expiring ON file (created) WHERE room IS NULL;
CREATE INDEX file_unposted ON file (claimed) WHERE room IS NOT NULL AND seq IS NULL;

-- Deleted with their account.
CREATE VIEW unclaimed_file AS SELECT id, account FROM file WHERE room IS NULL;

-- The size of all files of an account, of a room, and, in several rows, of the server.
CREATE TABLE file_usage (
  owner TEXT PRIMARY KEY,
  bytes BIGINT NOT NULL
);

-- Files are deleted for several reasons; each has the same consequences. A restore that was interrupted
-- leaves the function, and migrates again.
CREATE OR REPLACE FUNCTION file_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE file_content SET doubted = now() WHERE id = OLD.content;
  IF OLD.seq IS NOT NULL THEN
    UPDATE file_usage SET bytes = bytes - OLD.size WHERE owner = 'room ' || OLD.room;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER file_deleted AFTER DELETE ON file FOR EACH ROW EXECUTE FUNCTION file_deleted();
