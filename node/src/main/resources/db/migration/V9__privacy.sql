-- Privacy policies: one row for each account that has changed its settings or blocked a user, and one
-- row for each blocked user. Before, they were columns of last_seen, with the blocked users as names
-- joined by commas. An account without a row hides nothing.
CREATE TABLE account_privacy (
    account      text PRIMARY KEY,
    last_seen_to text NOT NULL CHECK (last_seen_to IN ('everyone', 'contacts', 'nobody')),
    receipts_to  text NOT NULL CHECK (receipts_to IN ('everyone', 'contacts', 'nobody')),
    typing       boolean NOT NULL,
    -- counts the changes of the policy; the higher version wins
    version      bigint NOT NULL
);

CREATE TABLE account_block (
    account text NOT NULL REFERENCES account_privacy ON DELETE CASCADE,
    blocked text NOT NULL,
    PRIMARY KEY (account, blocked)
);

-- the typing setting was not stored: an account writes its policy again when it wakes
INSERT INTO account_privacy (account, last_seen_to, receipts_to, typing, version)
SELECT account, shown_to, receipts_to, true, version
FROM last_seen
WHERE version > 0 OR hidden_from <> '' OR shown_to <> 'everyone' OR receipts_to <> 'everyone';

INSERT INTO account_block (account, blocked)
SELECT DISTINCT account, unnest(string_to_array(hidden_from, ',')) FROM last_seen;

DELETE FROM last_seen WHERE at IS NULL;

ALTER TABLE last_seen
    ALTER COLUMN at SET NOT NULL,
    DROP COLUMN hidden_from,
    DROP COLUMN shown_to,
    DROP COLUMN receipts_to,
    DROP COLUMN version;
