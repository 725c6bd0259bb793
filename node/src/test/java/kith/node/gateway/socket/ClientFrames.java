package kith.node.gateway.socket;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/// The frames of a client, valid or invalid.
final class ClientFrames {

  static final int MASK = 0x37fa213d;

  private ClientFrames() {}

  /// The request that opens a WebSocket, with the key of RFC 6455, section 1.3.
  static byte[] handshake(String path) {
    return utf8(
        """
        GET %s HTTP/1.1\r
        Host: localhost\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Protocol: chat, kith.v1\r
        \r
        """
            .formatted(path));
  }

  static byte[] text(String text) {
    return frame(true, Frames.TEXT, utf8(text));
  }

  static byte[] close(int code) {
    return frame(true, Frames.CLOSE, new byte[] {(byte) (code >>> 8), (byte) code});
  }

  static byte[] frame(boolean last, int opcode, byte[] payload) {
    var frame = concat(header(last, opcode, payload.length), payload);
    for (int i = frame.length - payload.length, k = 0; i < frame.length; i++, k++) {
      frame[i] ^= (byte) (MASK >>> (24 - 8 * (k & 3)));
    }
    return frame;
  }

  static byte[] header(boolean last, int opcode, long length) {
    var bytes = new ByteArrayOutputStream();
    bytes.write((last ? 0x80 : 0) | opcode);
    var lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
    bytes.write(0x80 | (lengthBytes == 0 ? (int) length : lengthBytes == 2 ? 126 : 127));
    for (var i = lengthBytes - 1; i >= 0; i--) {
      bytes.write((int) (length >>> (8 * i)));
    }
    for (var i = 3; i >= 0; i--) {
      bytes.write(MASK >>> (8 * i));
    }
    return bytes.toByteArray();
  }

  static byte[] concat(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static ByteString bytes(byte[] bytes) {
    return ByteString.fromArray(bytes);
  }
}
