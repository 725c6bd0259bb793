package kith.node.gateway.socket;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pekko.util.ByteString;

/// The frames a server writes (RFC 6455, section 5.2): whole, unmasked and immutable, so that the
/// same bytes can go to every socket of a node.
public final class Frames {

  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  static final int LONGEST_CONTROL_PAYLOAD = 125;

  private static final int FINAL = 0x80;
  private static final byte[] NOTHING = {};

  private Frames() {}

  /// One text message of these UTF-8 bytes.
  public static ByteString text(byte[] utf8) {
    return frame(TEXT, utf8);
  }

  /// One text message of `head`, the `parts` with `separator` between them, and `tail`. Each byte
  /// is copied once, into the frame.
  public static ByteString text(byte[] head, List<byte[]> parts, byte separator, byte[] tail) {
    var length = head.length + tail.length + Math.max(0, parts.size() - 1);
    for (var part : parts) {
      length = Math.addExact(length, part.length);
    }
    var frame = withHeader(TEXT, length);
    var at = put(head, frame, frame.length - length);
    for (var i = 0; i < parts.size(); i++) {
      if (i > 0) {
        frame[at++] = separator;
      }
      at = put(parts.get(i), frame, at);
    }
    put(tail, frame, at);
    return ByteString.fromArrayUnsafe(frame);
  }

  /// The payload of one of these frames.
  public static ByteString payload(ByteString frame) {
    var length = frame.apply(1);
    return frame.drop(2 + (length < 126 ? 0 : length == 126 ? 2 : 8));
  }

  /// A close frame without a code.
  public static ByteString close() {
    return frame(CLOSE, NOTHING);
  }

  /// A close frame. A reason too long for a control frame is cut at a character boundary.
  public static ByteString close(int code, String reason) {
    var utf8 = reason.getBytes(StandardCharsets.UTF_8);
    var kept = Math.min(utf8.length, LONGEST_CONTROL_PAYLOAD - 2);
    while (kept < utf8.length && (utf8[kept] & 0xC0) == 0x80) {
      kept--;
    }
    var payload = new byte[2 + kept];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(utf8, 0, payload, 2, kept);
    return frame(CLOSE, payload);
  }

  public static ByteString ping() {
    return frame(PING, NOTHING);
  }

  public static ByteString pong(ByteString payload) {
    return frame(PONG, payload.toArrayUnsafe());
  }

  private static ByteString frame(int opcode, byte[] payload) {
    var frame = withHeader(opcode, payload.length);
    put(payload, frame, frame.length - payload.length);
    return ByteString.fromArrayUnsafe(frame);
  }

  /// The array of a whole frame, with its header written.
  private static byte[] withHeader(int opcode, int length) {
    var lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
    var frame = new byte[Math.addExact(2 + lengthBytes, length)];
    frame[0] = (byte) (FINAL | opcode);
    frame[1] = (byte) (lengthBytes == 0 ? length : lengthBytes == 2 ? 126 : 127);
    for (var i = 0; i < lengthBytes; i++) {
      frame[2 + i] = (byte) ((long) length >>> (8 * (lengthBytes - 1 - i)));
    }
    return frame;
  }

  private static int put(byte[] bytes, byte[] into, int at) {
    System.arraycopy(bytes, 0, into, at, bytes.length);
    return at + bytes.length;
  }
}
