-- Some owners of each room, for the list of rooms for administrators. A room writes them with its next change of
-- members or settings; before, they are unknown. `./kith rebuild directory` writes them for all rooms.
ALTER TABLE room_directory ADD COLUMN owners TEXT[];
