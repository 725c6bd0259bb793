-- Pictures of accounts, drawn anew by a node from what the account uploaded. The profile of the account says
-- whether its picture is shown; `version` is a part of the address there.
CREATE TABLE profile_picture (
  account TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  at TIMESTAMPTZ NOT NULL DEFAULT now()
);

ALTER TABLE profile_picture ALTER COLUMN bytes SET STORAGE EXTERNAL;
