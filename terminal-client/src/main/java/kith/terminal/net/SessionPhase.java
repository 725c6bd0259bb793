package kith.terminal.net;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.protocol.frame.ServerFrame;

/// How far a session is on its way to a node.
sealed interface SessionPhase {

  record Idle() implements SessionPhase {}

  record Authenticating() implements SessionPhase {}

  record Dialing(String token) implements SessionPhase {}

  /// `hello` is said, `welcome` has not come.
  record Greeting(long since) implements SessionPhase {}

  /// @param pinged when a ping was sent that nothing has followed
  /// @param isConfirmed the latest that was heard answered a ping
  /// @param listed rooms of the inbox, as long as not all of its beginning is here
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

    /// Somebody who waits for an answer wonders sooner. So does everybody when a conversation
    /// breaks off: the JDK's WebSocket does not tell of an end that comes right behind a frame.
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
