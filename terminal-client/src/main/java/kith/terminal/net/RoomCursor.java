package kith.terminal.net;

import java.util.OptionalLong;

/// A session's position in a room's log.
///
/// @param handled the highest `seq` handled; absent until the end of the log is known
/// @param tries the number of attempts to open it without progress
/// @param notBefore the earliest time of the next attempt, unless it is open
record RoomCursor(OptionalLong handled, Phase phase, int tries, long notBefore) {

  enum Phase {
    /// not requested on this socket
    CLOSED,
    /// `open` or `resume` was sent
    REQUESTED,
    /// the node has started to answer
    OPEN
  }

  static RoomCursor at(OptionalLong handled) {
    return new RoomCursor(handled, Phase.CLOSED, 0, 0);
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  RoomCursor closed() {
    return new RoomCursor(handled, Phase.CLOSED, 0, 0);
  }

  RoomCursor requestedUntil(long deadline) {
    return new RoomCursor(handled, Phase.REQUESTED, tries, deadline);
  }

  RoomCursor retryAt(long when) {
    return new RoomCursor(handled, Phase.CLOSED, tries + 1, when);
  }

  RoomCursor openAt(long seq) {
    return new RoomCursor(OptionalLong.of(seq), Phase.OPEN, 0, 0);
  }

  RoomCursor open() {
    return new RoomCursor(handled, Phase.OPEN, tries, 0);
  }
}
