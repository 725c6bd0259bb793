package kith.node.core.session;

import kith.protocol.Code;
import org.apache.pekko.util.ByteString;

/// An event from a socket to its session.
public sealed interface SocketEvent {

  /// A whole text message, valid UTF-8. The session must answer each with `SocketWriter.handled`.
  record Received(ByteString text) implements SocketEvent {}

  /// The answer to `SocketWriter.signalWhenDrained`.
  record Drained() implements SocketEvent {}

  /// The client broke a rule of the connection; nothing more is received. The session sends
  /// `goodbye` and closes with this close code.
  record Violated(Code code, int closeCode) implements SocketEvent {}

  /// The client sent nothing, or read nothing, for too long. The session sends `goodbye` and
  /// closes.
  record Silent(Code code) implements SocketEvent {}

  /// The socket has ended, for any cause. Sent once, as the last event.
  record Ended() implements SocketEvent {}
}
