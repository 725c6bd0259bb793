package kith.terminal.net;

import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// An input of a session: a command of the client, a network event, or the time.
///
/// `socket` numbers the sockets of a session, so that late input from a closed socket is not
/// attributed to the current one.
public sealed interface SessionInput
    permits SessionCommand,
        SessionInput.Start,
        SessionInput.Stop,
        SessionInput.Stored,
        SessionInput.NotStored,
        SessionInput.TokenGiven,
        SessionInput.TokenRefused,
        SessionInput.TokenUnreachable,
        SessionInput.Connected,
        SessionInput.Received,
        SessionInput.Heard,
        SessionInput.Lost,
        SessionInput.Tick {

  record Start() implements SessionInput {}

  record Stop() implements SessionInput {}

  /// The post is on disk and may be sent.
  record Stored(ClientFrame.Post post) implements SessionInput {}

  record NotStored(ClientFrame.Post post, String reason) implements SessionInput {}

  record TokenGiven(String token) implements SessionInput {}

  record TokenRefused(String code, String message) implements SessionInput {}

  record TokenUnreachable(String reason) implements SessionInput {}

  record Connected(long socket) implements SessionInput {}

  record Received(long socket, ServerFrame frame) implements SessionInput {}

  /// A ping, a pong or a frame of an unknown type arrived: the node is alive.
  record Heard(long socket) implements SessionInput {}

  /// The socket closed, or could not be opened.
  ///
  /// @param closeCode the WebSocket close code; absent when the connection broke
  record Lost(long socket, OptionalLong closeCode, String reason) implements SessionInput {}

  record Tick() implements SessionInput {}
}
