-- When somebody was there last, on whatever device, and who may know. No row: never, and everybody.

CREATE TABLE last_seen (
    account     text PRIMARY KEY,
    at          timestamptz,
    -- user names have no comma
    hidden_from text NOT NULL DEFAULT '',
    -- everyone, contacts, nobody
    shown_to    text NOT NULL DEFAULT 'everyone'
);
