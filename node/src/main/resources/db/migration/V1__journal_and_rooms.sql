-- The journal and the snapshots, as pekko-persistence-jdbc wants them. Nothing is tagged, so its
-- table of tags and its durable state are left out.
CREATE TABLE event_journal (
  ordering BIGSERIAL,
  persistence_id VARCHAR(255) NOT NULL,
  sequence_number BIGINT NOT NULL,
  deleted BOOLEAN DEFAULT FALSE NOT NULL,
  writer VARCHAR(255) NOT NULL,
  write_timestamp BIGINT,
  adapter_manifest VARCHAR(255),
  event_ser_id INTEGER NOT NULL,
  event_ser_manifest VARCHAR(255) NOT NULL,
  event_payload BYTEA NOT NULL,
  meta_ser_id INTEGER,
  meta_ser_manifest VARCHAR(255),
  meta_payload BYTEA,
  PRIMARY KEY (persistence_id, sequence_number)
);

-- An edit or a redaction carries the message it amends as its adapter manifest, so that a page of
-- old messages finds what was done to them later.
CREATE INDEX event_journal_amendment ON event_journal (persistence_id, adapter_manifest)
  WHERE adapter_manifest <> '';

CREATE TABLE snapshot (
  persistence_id VARCHAR(255) NOT NULL,
  sequence_number BIGINT NOT NULL,
  created BIGINT NOT NULL,
  snapshot_ser_id INTEGER NOT NULL,
  snapshot_ser_manifest VARCHAR(255) NOT NULL,
  snapshot_payload BYTEA NOT NULL,
  meta_ser_id INTEGER,
  meta_ser_manifest VARCHAR(255),
  meta_payload BYTEA,
  PRIMARY KEY (persistence_id, sequence_number)
);

-- A busy room's snapshot is megabytes of hashes and waits while it is written. Compressing them
-- gains nothing and takes ten times as long as writing them.
ALTER TABLE snapshot ALTER COLUMN snapshot_payload SET STORAGE EXTERNAL;

-- What all nodes of this database share and nobody else may know.
CREATE TABLE node_secret (
  name TEXT PRIMARY KEY,
  value BYTEA NOT NULL
);

-- What can be known of a room without waking it; the room itself is right, this follows it up to `seq`.
CREATE TABLE room_directory (
  room_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  topic TEXT NOT NULL,
  visibility TEXT NOT NULL,
  passcode BOOLEAN NOT NULL,
  capacity INT,
  members INT NOT NULL,
  created TIMESTAMPTZ NOT NULL,
  seq BIGINT NOT NULL,
  claimed TIMESTAMPTZ NOT NULL
);

CREATE UNIQUE INDEX room_directory_public_name ON room_directory (name_key)
  WHERE visibility = 'public';

CREATE INDEX room_directory_public_page ON room_directory (name_key, room_id)
  WHERE visibility = 'public';
