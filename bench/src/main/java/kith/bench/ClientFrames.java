package kith.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/// Encodes the frames of a client (RFC 6455, section 5.2): unfragmented and masked.
final class ClientFrames {
  static final int TEXT = 0x1;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  /// Maximum size of a frame header in bytes.
  static final int HEADER = 14;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int LONGEST_SHORT = 125;

  private ClientFrames() {}

  /// Appends a frame; `into` must have space for the payload and a header.
  static void put(ByteBuffer into, int opcode, byte[] payload, int from, int length) {
    into.put((byte) (FINAL | opcode));
    if (length <= LONGEST_SHORT) into.put((byte) (MASKED | length));
    else into.put((byte) (MASKED | 126)).putShort((short) length);
    int mask = ThreadLocalRandom.current().nextInt();
    into.putInt(mask);
    for (int i = 0; i < length; i++)
      into.put((byte) (payload[from + i] ^ (mask >>> (24 - 8 * (i & 3)))));
  }
}
