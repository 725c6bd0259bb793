package kith.node.gateway.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.apache.pekko.util.ByteString;

/// Converts between the network's buffers and the byte strings of sessions and pekko-http.
final class Bytes {
  private Bytes() {}

  /// The content of a buffer, which is released.
  static ByteString take(ByteBuf buffer) {
    try {
      var bytes = new byte[buffer.readableBytes()];
      buffer.readBytes(bytes);
      return ByteString.fromArrayUnsafe(bytes);
    } finally {
      buffer.release();
    }
  }

  static ByteBuf buffer(ByteBufAllocator allocator, ByteString bytes) {
    var buffer = allocator.directBuffer(bytes.length());
    append(buffer, bytes);
    return buffer;
  }

  static void append(ByteBuf buffer, ByteString bytes) {
    if (bytes.isCompact()) buffer.writeBytes(bytes.toArrayUnsafe());
    else for (var part : bytes.getByteBuffers()) buffer.writeBytes(part);
  }
}
