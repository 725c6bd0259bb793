-- When somebody was there last, on whatever device, and who may know that, and how far they have
-- their rooms. No row: never, and everybody.

CREATE TABLE last_seen (
    account     text PRIMARY KEY,
    at          timestamptz,
    -- user names have no comma
    hidden_from text NOT NULL DEFAULT '',
    -- everyone, contacts, nobody
    shown_to    text NOT NULL DEFAULT 'everyone',
    receipts_to text NOT NULL DEFAULT 'everyone',
    -- how often who may know was changed
    version     bigint NOT NULL DEFAULT 0
);
