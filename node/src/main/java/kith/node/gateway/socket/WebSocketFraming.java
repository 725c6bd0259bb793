package kith.node.gateway.socket;

import java.util.List;
import kith.node.core.relay.Framing;
import org.apache.pekko.util.ByteString;

/// Entries as text frames of RFC 6455.
public final class WebSocketFraming implements Framing {
  @Override
  public ByteString text(byte[] head, List<byte[]> parts, byte separator, byte[] tail) {
    return Frames.text(head, parts, separator, tail);
  }

  @Override
  public ByteString payload(ByteString frame) {
    return Frames.payload(frame);
  }
}
