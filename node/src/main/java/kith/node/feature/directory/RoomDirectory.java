package kith.node.feature.directory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.RoomView;

/// The list of rooms, for finding public ones by name: a read model, brought up to date by each
/// room itself. It also keeps the names of public rooms apart.
public interface RoomDirectory {

  /// Takes a public room's name before the room has it; false when another public room has it.
  /// Whoever claims a name and dies before using it loses it after a minute.
  CompletionStage<Boolean> claim(String room, String name);

  /// Writes a room's row; older news than the row has are ignored.
  CompletionStage<Void> put(RoomView.Summary room);

  CompletionStage<Void> remove(String room);

  /// @param next to be given as `after` for the next page
  record Page(List<RoomView.Summary> rooms, Optional<String> next) {
    public Page {
      rooms = List.copyOf(rooms);
    }
  }

  /// Public rooms by name, whose name or topic contains `query`.
  CompletionStage<Page> list(Optional<String> query, Optional<String> after, int limit);

  /// The public room of this name.
  CompletionStage<Optional<RoomView.Summary>> find(String name);
}
