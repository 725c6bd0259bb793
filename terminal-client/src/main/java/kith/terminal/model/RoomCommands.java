package kith.terminal.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.protocol.rest.SlashCommands.Command;

/// The commands of bots in the room in which the user typed a slash last.
///
/// @param asked the time of the request for them
/// @param commands absent until they are loaded
public record RoomCommands(String room, Instant asked, Optional<List<Command>> commands) {
  public static final RoomCommands NONE = new RoomCommands("", Instant.EPOCH, Optional.empty());

  /// A bot may register others meanwhile.
  private static final Duration FRESH = Duration.ofSeconds(20);

  public RoomCommands {
    commands = commands.map(List::copyOf);
  }

  public boolean isFresh(String here, Instant now) {
    return room.equals(here) && asked.plus(FRESH).isAfter(now);
  }

  /// The same room, with the commands that were known before.
  public RoomCommands asked(String here, Instant now) {
    return new RoomCommands(here, now, room.equals(here) ? commands : Optional.empty());
  }

  public RoomCommands loaded(String here, List<Command> all) {
    return room.equals(here) ? new RoomCommands(room, asked, Optional.of(all)) : this;
  }

  /// The commands of the room; none if they are not loaded.
  public List<Command> in(String here) {
    return room.equals(here) ? commands.orElse(List.of()) : List.of();
  }
}
