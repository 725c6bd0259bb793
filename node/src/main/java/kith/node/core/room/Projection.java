package kith.node.core.room;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// A read model that each room keeps up to date beside its log: tables, and how events change them.
///
/// Each room writes its own changes, in the order of its log, in one transaction with its position.
/// So a change is applied exactly once; changes that a crash interrupted are read from the log when
/// the room wakes. Resetting the position rebuilds the read model.
public interface Projection {
  /// The key of its positions, and its name for operators. Never changes.
  String name();

  Urgency urgency(RoomEvent event);

  enum Urgency {
    /// does not change the read model
    NONE,
    /// may wait for a second, so that many changes, also of many rooms, are one write
    SOON,
    NOW,
    /// the reply to the command waits for the write, or for its first failure
    BEFORE_REPLY
  }

  /// True if only the room's current state is needed: then no events are read to catch up.
  default boolean followsState() {
    return false;
  }

  /// Brings the tables up to date. Runs on a thread that may block.
  void apply(Connection connection, Change change) throws SQLException;

  /// The same for changes of several rooms.
  default void apply(Connection connection, List<Change> changes) throws SQLException {
    for (var change : changes) apply(connection, change);
  }

  /// Called after the commit of [#apply], on the same thread; called again after a lost answer.
  default void applied(Change change) {}

  /// Removes the rows for entries before `first`, which are being destroyed.
  default void forget(Connection connection, String room, long first) throws SQLException {}

  /// Removes the room's rows from the tables, before they are rebuilt.
  default void clear(Connection connection, String room) throws SQLException {}

  /// @param state the room when the change is applied: after the events, perhaps after later ones
  ///   too
  /// @param events the events that concern the projection; empty if only the state is followed
  record Change(String room, RoomState state, List<Numbered> events) {
    public Change {
      events = List.copyOf(events);
    }
  }

  /// An event and its sequence number.
  record Numbered(long seq, RoomEvent event) {}
}
