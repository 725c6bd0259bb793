package kith.node.core.session;

import kith.protocol.Code;
import org.apache.pekko.util.ByteString;

/// What a socket tells its session.
public sealed interface SocketEvent {

  /// A whole text message, valid UTF-8. Each is to be met with `SocketWriter.handled`.
  record Received(ByteString text) implements SocketEvent {}

  /// The answer to `SocketWriter.signalWhenDrained`.
  record Drained() implements SocketEvent {}

  /// The client did what ends a connection; nothing more is received. The session says goodbye and
  /// closes with this close code.
  record Violated(Code code, int closeCode) implements SocketEvent {}

  /// Nothing came, or nothing was taken, for too long. The session says goodbye and closes.
  record Silent(Code code) implements SocketEvent {}

  /// The socket is gone, whatever the cause. Comes once, and last.
  record Ended() implements SocketEvent {}
}
