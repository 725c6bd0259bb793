package kith.terminal.net;

import java.net.URI;
import kith.protocol.frame.ClientFrame;

/// What a session wants done outside of itself. Requests are carried out in order.
public sealed interface NetRequest {

  /// Get an access token.
  ///
  /// @param fresh the one at hand was refused
  record FetchToken(boolean fresh) implements NetRequest {}

  record Dial(long socket, URI node) implements NetRequest {}

  record Transmit(long socket, ClientFrame frame) implements NetRequest {}

  record Drop(long socket) implements NetRequest {}

  /// Write a post to disk, then say `Stored`.
  record Store(ClientFrame.Post post) implements NetRequest {}

  record Forget(ClientFrame.Post post) implements NetRequest {}

  record Tell(NetEvent event) implements NetRequest {}
}
