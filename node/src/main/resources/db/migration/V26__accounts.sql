-- The list of accounts for administrators. The journals of the accounts are authoritative; an account
-- writes its row when it changes and when it starts.
CREATE TABLE account_directory (
  account TEXT PRIMARY KEY,
  display_name TEXT,
  email TEXT,
  role TEXT NOT NULL DEFAULT 'member',
  disabled BOOLEAN NOT NULL DEFAULT false,
  created TIMESTAMPTZ NOT NULL,
  last_used DATE,
  devices INT NOT NULL DEFAULT 0,
  seq BIGINT NOT NULL DEFAULT 0
);

-- The accounts of a database from before, by name; the rest of each row follows when the account is
-- next used.
INSERT INTO account_directory (account, created)
SELECT substr(persistence_id, 9), to_timestamp(min(write_timestamp) / 1000.0)
FROM event_journal AS journal
WHERE event_ser_manifest = 'account.signed-up' AND starts_with(persistence_id, 'account|')
  AND NOT EXISTS (
    SELECT FROM event_journal AS later
    WHERE later.persistence_id = journal.persistence_id
      AND later.event_ser_manifest IN ('account.erased', 'account.deleted'))
GROUP BY persistence_id;
