package kith.terminal.net;

import java.net.URI;
import kith.protocol.frame.ClientFrame;

/// What a session wants done outside of itself. Requests are carried out in order.
public sealed interface SessionEffect {

  /// Get an access token.
  ///
  /// @param fresh the one at hand was refused
  record FetchToken(boolean fresh) implements SessionEffect {}

  record Dial(long socket, URI node) implements SessionEffect {}

  record Transmit(long socket, ClientFrame frame) implements SessionEffect {}

  record Drop(long socket) implements SessionEffect {}

  /// Write a post to disk, then say `Stored`.
  record Store(ClientFrame.Post post) implements SessionEffect {}

  record Forget(ClientFrame.Post post) implements SessionEffect {}

  record Emit(SessionEvent event) implements SessionEffect {}
}
