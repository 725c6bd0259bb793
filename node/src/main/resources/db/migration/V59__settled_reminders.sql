-- Due reminders of which a receiver of notifications was told, or is not told: `at` is the time of the reminder, so one
-- that was postponed counts anew. Deleted when the notification is withdrawn, and after `kith.push.lifetime` twice.
CREATE TABLE reminder_settled (
  target TEXT NOT NULL REFERENCES courier_target ON DELETE CASCADE,
  account TEXT NOT NULL,
  reminder TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  -- false: it was not notified, and will not be
  shown BOOLEAN NOT NULL,
  PRIMARY KEY (target, reminder, at)
);

CREATE INDEX reminder_settled_by_time ON reminder_settled (at);
