package kith.node.feature.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads the orientation of a photograph from its EXIF segment.
final class Exif {
  private static final int NAME = 0x45786966;
  private static final int INTEL = 0x4949;
  private static final int MOTOROLA = 0x4D4D;
  private static final int ORIENTATION = 0x0112;
  static final int UPRIGHT = 1;

  private Exif() {}

  /// From 1 to 8, as EXIF numbers them; 1, upright, if there is none. From 5 on, width and height
  /// change places.
  ///
  /// @param segment the content of an APP1 segment of a JPEG, or of an EXIF chunk of a WebP
  static int orientation(byte[] segment) {
    try {
      return orientation(ByteBuffer.wrap(segment));
    } catch (IndexOutOfBoundsException malformed) {
      return UPRIGHT;
    }
  }

  private static int orientation(ByteBuffer bytes) {
    // "Exif", two zeros, then a TIFF header, with which a WebP may also begin
    var header = bytes.getInt(0) == NAME ? 6 : 0;
    if (header == 0 && bytes.getShort(0) != INTEL && bytes.getShort(0) != MOTOROLA) return UPRIGHT;
    var tiff = bytes.slice(header, bytes.limit() - header);
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
