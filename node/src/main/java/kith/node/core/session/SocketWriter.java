package kith.node.core.session;

import org.apache.pekko.util.ByteString;

/// The session's end of its socket. All methods may be called from any thread, and before the
/// socket is open: bytes written by then are sent first.
public interface SocketWriter {

  /// One message as the bytes that `write` takes.
  ByteString encode(byte[] utf8);

  /// Writes one or more whole encoded messages, after all that was written before. After `close` it
  /// does nothing.
  ///
  /// Bytes that the socket does not take yet are kept without a bound of their own: a session must
  /// not write while `unwritten` is over its window. Gross excess is a bug, and throws an
  /// `IllegalStateException`.
  void write(ByteString frames);

  /// The number of bytes written but not yet passed to the network.
  long unwritten();

  /// Requests one `Drained`, sent as soon as few bytes are unwritten; at once if that is true now.
  void signalWhenDrained();

  /// One `Received` has been handled. While too many are not, the socket does not read from the
  /// client, so that TCP slows the client down.
  void handled();

  /// Writes `lastFrames` (possibly empty) and a close frame, waits a few seconds for the client's,
  /// and ends. The first call counts.
  void close(int code, String reason, ByteString lastFrames);
}
