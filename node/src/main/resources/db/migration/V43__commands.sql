-- Commands of bots. `account` is the bot. It registered the command when the log of the room had
-- `made_at_seq` entries: earlier events about the bot do not end the command.
CREATE TABLE room_command (
  room TEXT NOT NULL,
  name TEXT NOT NULL,
  account TEXT NOT NULL,
  description TEXT NOT NULL,
  arguments TEXT NOT NULL,
  made_at_seq BIGINT NOT NULL,
  PRIMARY KEY (room, name)
);

CREATE INDEX room_command_account ON room_command (account, room);

-- Calls of commands, until some minutes after their time. `account` is the bot. `answer` is `all`,
-- `only` (for the caller) or `none` (the time is over); it is null until then.
CREATE TABLE command_call (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  room TEXT NOT NULL,
  account TEXT NOT NULL,
  command TEXT NOT NULL,
  caller TEXT NOT NULL,
  content TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  until TIMESTAMPTZ NOT NULL,
  answer TEXT
);

CREATE INDEX command_call_account ON command_call (account, number);
CREATE INDEX command_call_open ON command_call (until) WHERE answer IS NULL;
