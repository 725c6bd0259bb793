package kith.terminal.net;

import java.net.URI;
import kith.protocol.frame.ClientFrame;

/// A side effect that a session requests. The connection executes effects in order.
public sealed interface SessionEffect {

  /// Gets an access token.
  ///
  /// @param fresh the current token was refused
  record FetchToken(boolean fresh) implements SessionEffect {}

  record Dial(long socket, URI node) implements SessionEffect {}

  record Transmit(long socket, ClientFrame frame) implements SessionEffect {}

  record Drop(long socket) implements SessionEffect {}

  /// Writes a post to disk, then reports `Stored`.
  record Store(ClientFrame.Post post) implements SessionEffect {}

  /// Writes to disk that the post was refused. It is kept until a `Forget`.
  record Refuse(ClientFrame.Post post, String why) implements SessionEffect {}

  record Forget(ClientFrame.Post post) implements SessionEffect {}

  /// Writes a file to be uploaded to disk.
  record StoreUpload(PendingUpload upload) implements SessionEffect {}

  record Emit(SessionEvent event) implements SessionEffect {}
}
