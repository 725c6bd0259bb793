package kith.terminal.net;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.protocol.frame.ServerFrame;

/// How far a session is on its way to a node.
sealed interface Link {

  record Idle() implements Link {}

  record Authenticating() implements Link {}

  record Dialing(String token) implements Link {}

  /// `hello` is said, `welcome` has not come.
  record Greeting(long since) implements Link {}

  /// @param pinged when a ping was sent that nothing has followed
  /// @param isSure the latest that was heard answered a ping
  /// @param named rooms of the inbox, as long as not all of its beginning is here
  record Live(
      ServerFrame.Welcome welcome,
      long since,
      long heard,
      OptionalLong pinged,
      boolean isSure,
      Optional<Set<String>> named)
      implements Link {
    private static final long IMPATIENCE_MILLIS = 4_000;
    private static final long DOUBT_MILLIS = 6_000;

    Live heardAt(long now) {
      return new Live(welcome, since, now, OptionalLong.empty(), false, named);
    }

    Live pingedAt(long now) {
      return new Live(welcome, since, heard, OptionalLong.of(now), isSure, named);
    }

    Live sure() {
      return new Live(welcome, since, heard, pinged, true, named);
    }

    Live naming(Optional<Set<String>> rooms) {
      return new Live(welcome, since, heard, pinged, isSure, rooms);
    }

    /// Somebody who waits for an answer wonders sooner. So does everybody when a conversation
    /// breaks off: the JDK's WebSocket does not tell of an end that comes right behind a frame.
    long silentAfter(boolean waiting) {
      long from = pinged.isPresent() ? pinged.getAsLong() : heard;
      long patience = welcome.limits().pingMillis();
      if (!isSure || pinged.isPresent()) patience = Math.min(patience, DOUBT_MILLIS);
      return from + (waiting ? Math.min(patience, IMPATIENCE_MILLIS) : patience);
    }
  }

  record Waiting(long until) implements Link {}

  record Over() implements Link {}
}
