package kith.node.gateway.socket;

import kith.node.platform.config.Portions;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;
import org.jspecify.annotations.Nullable;

/// The order in which a socket sends: the stage's own control frames, the session's frames, and
/// last the close frame. Control frames may overtake: each write of a session holds whole frames.
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

  /// All bytes that may be sent now, up to `Portions.PUSH_BYTES`. A single write is passed on
  /// uncopied, at any size.
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
      if (length > 0 && length + next.length() > Portions.PUSH_BYTES) {
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
