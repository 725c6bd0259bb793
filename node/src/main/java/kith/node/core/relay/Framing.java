package kith.node.core.relay;

import java.util.List;
import org.apache.pekko.util.ByteString;

/// Encodes a relay's entries as bytes for sockets, once for all of them. The gateway defines the
/// format.
public interface Framing {
  /// One message of `head`, the `parts` with `separator` between them, and `tail`.
  ByteString text(byte[] head, List<byte[]> parts, byte separator, byte[] tail);

  /// The message in a frame.
  ByteString payload(ByteString frame);
}
