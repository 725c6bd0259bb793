-- The terms of each message, as a set of words without positions that the node makes: no text, and no
-- configuration of text search, which differ between databases. `files` has those of the terms that an edit
-- keeps. Rooms fill it from their own logs; those of a database from before when they wake, or by `kith rebuild`.
CREATE TABLE search_message (
  room TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  terms TSVECTOR NOT NULL,
  files TSVECTOR,
  PRIMARY KEY (room, seq)
);

CREATE INDEX search_message_by_time ON search_message (room, at);

-- A short list of pending entries: whoever fills it merges it, and other projections of the node wait meanwhile.
CREATE INDEX search_message_terms ON search_message USING gin (terms) WITH (gin_pending_list_limit = 256);
