package kith.node.gateway.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import kith.node.platform.config.Portions;
import org.apache.pekko.util.ByteString;

/// The order in which a socket sends: its own control frames, the session's frames, and last the
/// close frame. Control frames may overtake: each write of a session holds whole frames.
final class Outgoing {

  private static final ByteString NOTHING = ByteString.emptyByteString();

  private final Outbox outbox;

  /// Answers only the latest ping, as RFC 6455, section 5.5.3 allows: a flood of pings cannot pile
  /// up.
  private ByteString pong = NOTHING;

  private ByteString ping = NOTHING;
  private ByteString close = NOTHING;
  private boolean closeGone;

  Outgoing(Outbox outbox) {
    this.outbox = outbox;
  }

  void pong(ByteString payload) {
    pong = Frames.pong(payload);
  }

  void ping() {
    ping = Frames.ping();
  }

  /// Sent last, after all frames that the session wrote before it closed.
  void close(ByteString frame) {
    close = frame;
  }

  boolean closeGone() {
    return closeGone;
  }

  /// All bytes that may be sent now, up to `Portions.PUSH_BYTES`; a single write at any size. An
  /// empty buffer if there are none.
  ByteBuf next(ByteBufAllocator allocator) {
    var first = closeGone ? null : outbox.peek();
    var control = pong.length() + ping.length();
    if (closeGone || (first == null && control == 0 && close.isEmpty()))
      return Unpooled.EMPTY_BUFFER;
    var frames = first == null ? 0 : Math.max(first.length(), most(outbox.unwritten()));
    var buffer = allocator.directBuffer(control + frames + close.length());
    Bytes.append(buffer, pong);
    Bytes.append(buffer, ping);
    pong = NOTHING;
    ping = NOTHING;
    for (var next = first; next != null; next = outbox.peek()) {
      var length = buffer.readableBytes();
      if (length > 0 && length + next.length() > Portions.PUSH_BYTES) return buffer;
      Bytes.append(buffer, next);
      outbox.remove();
    }
    closeGone = close.nonEmpty();
    Bytes.append(buffer, close);
    return buffer;
  }

  private static int most(long unwritten) {
    return (int) Math.min(unwritten, Portions.PUSH_BYTES);
  }
}
