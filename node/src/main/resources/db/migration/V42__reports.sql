-- Messages that members reported, with copies of the message and its neighbours in JSON. `account`
-- reported the message, `author` wrote it.
CREATE TABLE message_report (
  id text PRIMARY KEY,
  room text NOT NULL,
  seq bigint NOT NULL,
  author text NOT NULL,
  account text NOT NULL,
  reason text NOT NULL,
  created timestamptz NOT NULL,
  messages text NOT NULL,
  handled timestamptz,
  handled_by text,
  outcome text,
  UNIQUE (room, seq, account)
);
CREATE INDEX message_report_room ON message_report (room, created DESC, id DESC);
CREATE INDEX message_report_time ON message_report (created DESC, id DESC);
CREATE INDEX message_report_account ON message_report (account);
CREATE INDEX message_report_handled ON message_report (handled) WHERE handled IS NOT NULL;
