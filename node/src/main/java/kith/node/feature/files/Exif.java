package kith.node.feature.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads the orientation of a photograph from its EXIF segment.
final class Exif {
  private static final int ORIENTATION = 0x0112;
  static final int UPRIGHT = 1;

  private Exif() {}

  /// From 1 to 8, as EXIF numbers them; 1, upright, if there is none. From 5 on, width and height
  /// change places.
  ///
  /// @param segment the content of an APP1 segment
  static int orientation(byte[] segment) {
    try {
      return orientation(ByteBuffer.wrap(segment));
    } catch (IndexOutOfBoundsException malformed) {
      return UPRIGHT;
    }
  }

  private static int orientation(ByteBuffer bytes) {
    // "Exif", two zeros, then a TIFF header
    if (bytes.getInt(0) != 0x45786966) return UPRIGHT;
    var tiff = bytes.slice(6, bytes.limit() - 6);
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    var directory = tiff.getInt(4);
    var entries = Short.toUnsignedInt(tiff.getShort(directory));
    for (var i = 0; i < entries; i++) {
      var entry = directory + 2 + 12 * i;
      if (Short.toUnsignedInt(tiff.getShort(entry)) != ORIENTATION) continue;
      var value = Short.toUnsignedInt(tiff.getShort(entry + 8));
      return value >= UPRIGHT && value <= 8 ? value : UPRIGHT;
    }
    return UPRIGHT;
  }
}
