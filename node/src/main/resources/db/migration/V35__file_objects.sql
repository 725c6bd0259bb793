-- Contents of files in an object store (S3) instead of the table file_part. An object is written once,
-- under a name of its own.
ALTER TABLE file_content ADD COLUMN store TEXT NOT NULL DEFAULT 'postgresql';

CREATE TABLE file_object (
  content UUID NOT NULL,
  part INT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (content, part)
);

-- Objects that are being written, and those that no content names any more: deleted a while after `since`.
CREATE TABLE file_object_unnamed (
  key TEXT PRIMARY KEY,
  since TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX file_object_unnamed_since ON file_object_unnamed (since);

-- Contents that were moved to another store, and whose bytes in the former one are still read.
CREATE TABLE file_moved (
  content UUID NOT NULL,
  store TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (content, store)
);
