package kith.terminal.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import kith.terminal.model.Picture;

/// Writes PNGs of red, green and blue in 8 bits each.
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private Png() {}

  static byte[] of(Picture picture) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    var header = ByteBuffer.allocate(13).putInt(picture.width()).putInt(picture.height());
    // 8 bits, red, green and blue; the only compression and filters, not interlaced
    header.put(new byte[] {8, 2, 0, 0, 0});
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", deflated(rows(picture)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /// Each row begins with its filter: the difference to the pixel at the left.
  private static byte[] rows(Picture picture) {
    var rows = ByteBuffer.allocate(picture.height() * (1 + 3 * picture.width()));
    for (int row = 0; row < picture.height(); row++) {
      rows.put((byte) 1);
      int left = 0;
      for (int column = 0; column < picture.width(); column++) {
        int rgb = picture.rgb(column, row);
        for (int shift = 16; shift >= 0; shift -= 8)
          rows.put((byte) ((rgb >> shift & 0xFF) - (left >> shift & 0xFF)));
        left = rgb;
      }
    }
    return rows.array();
  }

  static byte[] deflated(byte[] bytes) {
    try (var deflater = new Deflater()) {
      deflater.setInput(bytes);
      deflater.finish();
      var out = new ByteArrayOutputStream();
      var buffer = new byte[8_192];
      while (!deflater.finished()) out.write(buffer, 0, deflater.deflate(buffer));
      return out.toByteArray();
    }
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    var chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
    var sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + data.length);
    out.writeBytes(chunk.putInt((int) sum.getValue()).array());
  }
}
