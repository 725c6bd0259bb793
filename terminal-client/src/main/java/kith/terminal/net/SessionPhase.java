package kith.terminal.net;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.protocol.frame.ServerFrame;

/// The phases of a session's connection.
sealed interface SessionPhase {

  record Idle() implements SessionPhase {}

  record Authenticating() implements SessionPhase {}

  record Dialing(String token) implements SessionPhase {}

  /// `hello` was sent, `welcome` has not arrived.
  record Greeting(long since) implements SessionPhase {}

  /// @param pinged the time of a ping that has no answer yet
  /// @param isConfirmed the latest input was an answer to a ping
  /// @param listed the rooms of the initial inbox pages, until the last page
  record Live(
      ServerFrame.Welcome welcome,
      long since,
      long heard,
      OptionalLong pinged,
      boolean isConfirmed,
      Optional<Set<String>> listed)
      implements SessionPhase {
    private static final long PENDING_TIMEOUT_MILLIS = 4_000;
    private static final long UNCONFIRMED_TIMEOUT_MILLIS = 6_000;

    Live heardAt(long now) {
      return new Live(welcome, since, now, OptionalLong.empty(), false, listed);
    }

    Live pingedAt(long now) {
      return new Live(welcome, since, heard, OptionalLong.of(now), isConfirmed, listed);
    }

    Live confirmed() {
      return new Live(welcome, since, heard, pinged, true, listed);
    }

    Live listing(Optional<Set<String>> rooms) {
      return new Live(welcome, since, heard, pinged, isConfirmed, rooms);
    }

    /// The time after which silence is suspicious. It is shorter while a post waits for its ack,
    /// and after any frame that is not a pong: the JDK's WebSocket does not report a close that
    /// arrives directly after a frame.
    long silentAfter(boolean waiting) {
      long from = pinged.isPresent() ? pinged.getAsLong() : heard;
      long patience = welcome.limits().pingMillis();
      if (!isConfirmed || pinged.isPresent())
        patience = Math.min(patience, UNCONFIRMED_TIMEOUT_MILLIS);
      return from + (waiting ? Math.min(patience, PENDING_TIMEOUT_MILLIS) : patience);
    }
  }

  record Waiting(long until) implements SessionPhase {}

  record Ended() implements SessionPhase {}
}
