-- Incoming webhooks. `account` made the hook as an owner of the room, when the room's log had
-- `made_at_seq` entries: earlier events about that account do not end the hook.
CREATE TABLE inbound_hook (
  id TEXT PRIMARY KEY,
  room TEXT NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  made_at_seq BIGINT NOT NULL,
  created TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds', now()),
  last_used TIMESTAMPTZ
);

CREATE INDEX inbound_hook_room ON inbound_hook (room, account);
CREATE INDEX inbound_hook_account ON inbound_hook (account);
