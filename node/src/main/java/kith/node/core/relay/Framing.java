package kith.node.core.relay;

import java.util.List;
import org.apache.pekko.util.ByteString;

/// How the relay's entries become the bytes that sockets take, encoded once for all of them. The
/// gateway knows the format.
public interface Framing {
  /// One message of `head`, the `parts` with `separator` between them, and `tail`.
  ByteString text(byte[] head, List<byte[]> parts, byte separator, byte[] tail);

  /// The message inside such bytes.
  ByteString payload(ByteString frame);
}
