-- What others may know of a position: up to where a member has the room, and has read it. `marked`
-- counts the changes of the marks, of which the latest counts.
ALTER TABLE read_position
  ADD COLUMN delivered BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN seen BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN marked BIGINT NOT NULL DEFAULT 0;

CREATE INDEX read_position_by_room ON read_position (room);
