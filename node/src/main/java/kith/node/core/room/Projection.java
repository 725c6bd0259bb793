package kith.node.core.room;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// A read model that each room keeps up to date beside its log: tables, and how events change them.
///
/// Each room writes its own changes, in the order of its log, in one transaction with its position.
/// So a change is applied exactly once; what a crash interrupts is read from the log when the room
/// wakes. Setting the position back rebuilds the read model.
public interface Projection {
  /// The key of its positions, and its name for operators: never changes.
  String name();

  Urgency urgency(RoomEvent event);

  enum Urgency {
    /// does not change the read model
    NONE,
    /// may wait for a second, so that many changes are one write
    SOON,
    NOW,
    /// whoever caused the event is answered after the write, or after its first failure
    BEFORE_REPLY
  }

  /// True if the room as it is now is all that is needed: then no events are read to catch up.
  default boolean followsState() {
    return false;
  }

  /// Brings the tables up to date. Runs on a thread that may block.
  void apply(Connection connection, Change change) throws SQLException;

  /// Called after the commit of [#apply], on the same thread; again after a lost answer.
  default void applied(Change change) {}

  /// Removes what the room has in the tables, before they are built anew.
  default void clear(Connection connection, String room) throws SQLException {}

  /// @param state the room when the change is applied: after the events, perhaps well after
  /// @param events those that concern the projection; none if only the state is to be followed
  record Change(String room, RoomState state, List<Numbered> events) {
    public Change {
      events = List.copyOf(events);
    }
  }

  /// An event and its sequence number.
  record Numbered(long seq, RoomEvent event) {}
}
