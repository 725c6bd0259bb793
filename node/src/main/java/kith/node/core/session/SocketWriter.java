package kith.node.core.session;

import org.apache.pekko.util.ByteString;

/// The session's end of its socket. All of it may be called from any thread, and before the socket
/// is open: what is written then leaves first.
public interface SocketWriter {

  /// One message as the bytes that `write` takes.
  ByteString encode(byte[] utf8);

  /// Writes one or more whole encoded messages, after all that was written before. After `close` it
  /// does nothing.
  ///
  /// What the socket does not take yet is kept without a bound of its own: a session must not write
  /// while `unwritten` is over its window. One that does so grossly is a bug, and gets an
  /// `IllegalStateException`.
  void write(ByteString frames);

  /// How many of the bytes written have not left towards the network.
  long unwritten();

  /// Asks for one `Drained`, which comes as soon as little is unwritten; at once if that is so now.
  void signalWhenDrained();

  /// One `Received` has been dealt with. A client that is ahead of its session by too many is not
  /// read from, so that TCP slows it down.
  void handled();

  /// Writes `lastFrames` (possibly empty) and a close frame, waits a few seconds for the client's,
  /// and ends. The first call counts.
  void close(int code, String reason, ByteString lastFrames);
}
