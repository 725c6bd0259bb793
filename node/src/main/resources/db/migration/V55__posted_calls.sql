-- An address to which calls of a command are posted, as its bot has registered it, and the secret
-- that signs them, wrapped. Null for commands whose calls the sockets of the bot get.
ALTER TABLE room_command
  ADD COLUMN url TEXT,
  ADD COLUMN secret_id TEXT,
  ADD COLUMN secret BYTEA;

-- True if the call is posted, so that no socket of the bot gets it.
ALTER TABLE command_call ADD COLUMN posted BOOLEAN NOT NULL DEFAULT false;
