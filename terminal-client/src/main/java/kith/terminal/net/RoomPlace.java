package kith.terminal.net;

import java.util.OptionalLong;

/// Where a session is in one room's log.
///
/// @param handled the highest `seq` handled; absent until the end of the log is known
/// @param tries how often it was opened without getting on
/// @param notBefore when to ask (again), unless it is open
record RoomPlace(OptionalLong handled, Phase phase, int tries, long notBefore) {

  enum Phase {
    /// not asked for on this socket
    SHUT,
    /// `open` or `resume` was said
    ASKED,
    /// the node has begun to answer
    OPEN
  }

  static RoomPlace at(OptionalLong handled) {
    return new RoomPlace(handled, Phase.SHUT, 0, 0);
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  RoomPlace shut() {
    return new RoomPlace(handled, Phase.SHUT, 0, 0);
  }

  RoomPlace askedUntil(long deadline) {
    return new RoomPlace(handled, Phase.ASKED, tries, deadline);
  }

  RoomPlace againAt(long when) {
    return new RoomPlace(handled, Phase.SHUT, tries + 1, when);
  }

  RoomPlace openAt(long seq) {
    return new RoomPlace(OptionalLong.of(seq), Phase.OPEN, 0, 0);
  }

  RoomPlace open() {
    return new RoomPlace(handled, Phase.OPEN, tries, 0);
  }
}
