-- The files of the archive: each names the digest of the room's file before it, which another node may
-- have written.
CREATE TABLE log_archive (
  room TEXT NOT NULL,
  first BIGINT NOT NULL,
  last BIGINT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (room, first)
);
