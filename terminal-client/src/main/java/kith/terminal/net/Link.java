package kith.terminal.net;

import java.util.OptionalLong;
import kith.protocol.frame.ServerFrame;

/// How far a session is on its way to a node.
sealed interface Link {

  record Idle() implements Link {}

  record Authenticating() implements Link {}

  record Dialing(String token) implements Link {}

  /// `hello` is said, `welcome` has not come.
  record Greeting(long since) implements Link {}

  record Live(ServerFrame.Welcome welcome, long since, long heard, OptionalLong pinged)
      implements Link {
    private static final long IMPATIENCE_MILLIS = 4_000;

    Live heardAt(long now) {
      return new Live(welcome, since, now, OptionalLong.empty());
    }

    Live pingedAt(long now) {
      return new Live(welcome, since, heard, OptionalLong.of(now));
    }

    /// Somebody who waits for an answer wonders sooner.
    long silentAfter(boolean waiting) {
      long since = pinged.isPresent() ? pinged.getAsLong() : heard;
      long patience = welcome.limits().pingMillis();
      return since + (waiting ? Math.min(patience, IMPATIENCE_MILLIS) : patience);
    }
  }

  record Waiting(long until) implements Link {}

  record Over() implements Link {}
}
