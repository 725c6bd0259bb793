-- The replies of rooms by their threads, as the logs say. `root` is the first message of the thread.
CREATE TABLE thread_reply (
  room TEXT NOT NULL,
  seq BIGINT NOT NULL,
  root BIGINT NOT NULL,
  author TEXT NOT NULL,
  PRIMARY KEY (room, seq)
);

CREATE INDEX thread_reply_order ON thread_reply (room, root, seq);

-- The number of these replies, and the latest one.
CREATE TABLE thread (
  room TEXT NOT NULL,
  root BIGINT NOT NULL,
  replies BIGINT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (room, root)
);

-- The threads that accounts follow, and how far they have read them. A row with `unfollowed`, the
-- latest reply when the account unfollowed the thread, keeps earlier replies from following it again.
-- `since` is an entry of the room at which the account was a member.
CREATE TABLE thread_follow (
  account TEXT NOT NULL,
  room TEXT NOT NULL,
  root BIGINT NOT NULL,
  read BIGINT NOT NULL,
  since BIGINT NOT NULL,
  unfollowed BIGINT,
  touched TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (account, room, root)
);

CREATE INDEX thread_follow_room ON thread_follow (room, root);
