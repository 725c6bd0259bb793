package kith.node.gateway.socket;

import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;
import org.jspecify.annotations.Nullable;

/// What leaves a socket next: the stage's own control frames, the session's frames, and at last the
/// close frame. Control frames overtake: each write of a session is whole frames.
final class Outgoing {

  /// What leaves together; more is of no use to a socket.
  static final int MOST_TOGETHER = 64 << 10;

  private static final ByteString NOTHING = ByteString.emptyByteString();

  private final Outbox outbox;

  /// Answers the latest ping only, as RFC 6455, section 5.5.3 allows: a flood of them cannot pile
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

  /// The last frame, after all that the session wrote before it closed.
  void close(ByteString frame) {
    close = frame;
  }

  boolean closeGone() {
    return closeGone;
  }

  /// All that may leave now, up to `MOST_TOGETHER`; one write alone goes as it is, uncopied,
  /// whatever its size.
  ByteString next() {
    if (closeGone) {
      return NOTHING;
    }
    var first = pong.concat(ping);
    pong = NOTHING;
    ping = NOTHING;
    @Nullable ByteStringBuilder together = null;
    var length = first.length();
    for (var next = outbox.peek(); next != null; next = outbox.peek()) {
      if (length > 0 && length + next.length() > MOST_TOGETHER) {
        return together == null ? first : together.result();
      }
      if (length == 0) {
        first = next;
      } else {
        together = together == null ? ByteString.createBuilder().append(first) : together;
        together.append(next);
      }
      length += next.length();
      outbox.remove();
    }
    closeGone = close.nonEmpty();
    return (together == null ? first : together.result()).concat(close);
  }
}
