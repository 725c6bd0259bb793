package kith.node.core.room;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.serialization.Serialization;

/// Finds the latest entry and the latest message of a room up to a place, wherever they are stored.
public final class LogEnds {
  private final LogRows log;

  public LogEnds(Serialization serialization) {
    this.log = new LogRows(serialization);
  }

  /// @param message its seq; 0 if there is none
  /// @param tally of the message, with its edits and redaction
  public record End(long seq, long message, Tally tally) {}

  /// Those of these rooms that have entries in segments.
  public Set<String> sealed(Connection connection, Collection<String> rooms) throws SQLException {
    return Segments.among(connection, rooms);
  }

  public Optional<End> upTo(Connection connection, String room, long seq) throws SQLException {
    var before = seq == Long.MAX_VALUE ? seq : seq + 1;
    var last = log.before(connection, room, before, 0, 1);
    if (last.isEmpty()) return Optional.empty();
    var end = last.getFirst().seq();
    var message = log.lastBefore(connection, room, before, RoomEvent.Posted.class::isInstance);
    return Optional.of(
        message.isEmpty()
            ? new End(end, 0, Tally.NONE)
            : new End(end, message.get().seq(), tally(connection, room, message.get())));
  }

  private Tally tally(Connection connection, String room, LogRows.Row message) throws SQLException {
    var seq = message.seq();
    var tally = Tally.at(seq, (RoomEvent.Posted) message.event());
    // edits before redactions, as they follow on each other
    for (var mark : List.of(Amendment.edits(seq), Amendment.redacts(seq), Amendment.TRUNCATES))
      for (var row : log.latestMarked(connection, room, List.of(mark)))
        tally = amended(tally, row.event());
    return tally;
  }

  private static Tally amended(Tally tally, RoomEvent event) {
    return switch (event) {
      case RoomEvent.Edited it -> tally.edited(it.target(), it.body());
      case RoomEvent.Redacted it -> tally.redacted(it.target());
      case RoomEvent.Truncated it -> tally.truncated(it.first(), new Counts(it.messages()));
      case RoomEvent ignored -> tally;
    };
  }
}
