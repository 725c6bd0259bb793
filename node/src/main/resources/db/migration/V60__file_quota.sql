-- The size of all files that an account may have, if an administrator decided it.
CREATE TABLE file_quota (
  account TEXT PRIMARY KEY,
  bytes BIGINT NOT NULL
);
