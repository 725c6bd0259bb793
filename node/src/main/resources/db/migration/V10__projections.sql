-- How far each projection of each room is: the sequence number of the last entry that was applied. Moved
-- in the transaction that applies the change.
CREATE TABLE projection_position (
  room TEXT NOT NULL,
  projection TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (room, projection)
);

-- The directory of a database from before follows each room up to `seq`. The index of mentions is
-- complete up to the latest message in it; rooms build the rest when they wake.
INSERT INTO projection_position (room, projection, seq)
SELECT room_id, 'directory', seq FROM room_directory WHERE seq > 0;

INSERT INTO projection_position (room, projection, seq)
SELECT room, 'mentions', max(seq) FROM mention GROUP BY room;
