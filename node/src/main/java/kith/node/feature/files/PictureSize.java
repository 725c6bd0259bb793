package kith.node.feature.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The width and height of a picture, read from its header. Nothing is decoded.
///
/// @param width in pixels
/// @param height in pixels
record PictureSize(int width, int height) {

  /// Empty if this is not a picture of a known format, or if its header is not within these bytes.
  ///
  /// @param beginning the first bytes of a file
  static Optional<PictureSize> of(byte[] beginning) {
    var bytes = ByteBuffer.wrap(beginning);
    try {
      return sizeIn(bytes).filter(size -> size.width > 0 && size.height > 0);
    } catch (IndexOutOfBoundsException tooShort) {
      return Optional.empty();
    }
  }

  long pixels() {
    return (long) width * height;
  }

  private static Optional<PictureSize> sizeIn(ByteBuffer bytes) {
    if (has(bytes, 0, "\u0089PNG\r\n") && has(bytes, 12, "IHDR"))
      return size(bytes.getInt(16), bytes.getInt(20));
    if (has(bytes, 0, "GIF8")) {
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      return size(unsigned(bytes.getShort(6)), unsigned(bytes.getShort(8)));
    }
    if (isWebp(bytes))
      return webp(bytes).map(size -> webpOrientation(bytes) >= 5 ? size.turned() : size);
    return jpeg(bytes).map(Jpeg::shown);
  }

  private PictureSize turned() {
    var columns = height;
    var rows = width;
    return new PictureSize(columns, rows);
  }

  private static boolean isWebp(ByteBuffer bytes) {
    return has(bytes, 0, "RIFF") && has(bytes, 8, "WEBP");
  }

  /// EXIF follows the picture, so it may be after these bytes.
  private static int webpOrientation(ByteBuffer webp) {
    var bytes = webp.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (var at = 12L; at + 8 <= bytes.limit(); ) {
      var length = Integer.toUnsignedLong(bytes.getInt((int) at + 4));
      if (has(bytes, (int) at, "EXIF")) {
        var chunk = new byte[(int) Math.min(bytes.limit() - at - 8, length)];
        bytes.get((int) at + 8, chunk);
        return Exif.orientation(chunk);
      }
      // chunks have an even length
      at += 8 + length + (length & 1);
    }
    return Exif.UPRIGHT;
  }

  private static Optional<PictureSize> webp(ByteBuffer bytes) {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (has(bytes, 12, "VP8X"))
      return size(1 + (bytes.getInt(24) & 0xFFFFFF), 1 + (bytes.getInt(26) >>> 8));
    if (has(bytes, 12, "VP8L")) {
      var bits = bytes.getInt(21);
      return size(1 + (bits & 0x3FFF), 1 + (bits >>> 14 & 0x3FFF));
    }
    return has(bytes, 12, "VP8 ")
        ? size(bytes.getShort(26) & 0x3FFF, bytes.getShort(28) & 0x3FFF)
        : Optional.empty();
  }

  /// The orientation of a photograph, as EXIF numbers it; 1, upright, if it has none.
  static int orientation(byte[] beginning) {
    var bytes = ByteBuffer.wrap(beginning);
    try {
      return isWebp(bytes)
          ? webpOrientation(bytes)
          : jpeg(bytes).map(Jpeg::orientation).orElse(Exif.UPRIGHT);
    } catch (IndexOutOfBoundsException tooShort) {
      return Exif.UPRIGHT;
    }
  }

  private record Jpeg(int width, int height, int orientation) {
    PictureSize shown() {
      return orientation >= 5 ? new PictureSize(height, width) : new PictureSize(width, height);
    }
  }

  /// Passes the segments until the frame header (SOF), which has the size.
  private static Optional<Jpeg> jpeg(ByteBuffer bytes) {
    if (!has(bytes, 0, "\u00ff\u00d8\u00ff")) return Optional.empty();
    var at = 2;
    var orientation = Exif.UPRIGHT;
    while (true) {
      while ((bytes.get(at + 1) & 0xFF) == 0xFF) at++;
      if (bytes.get(at) != (byte) 0xFF) return Optional.empty();
      var marker = bytes.get(at + 1) & 0xFF;
      var length = unsigned(bytes.getShort(at + 2));
      if (isFrame(marker)) {
        var height = unsigned(bytes.getShort(at + 5));
        var width = unsigned(bytes.getShort(at + 7));
        return Optional.of(new Jpeg(width, height, orientation));
      }
      if (marker == 0xDA || length < 2) return Optional.empty();
      if (marker == 0xE1 && orientation == Exif.UPRIGHT)
        orientation = Exif.orientation(segment(bytes, at, length));
      at += 2 + length;
    }
  }

  private static byte[] segment(ByteBuffer bytes, int at, int length) {
    var segment = new byte[Math.min(bytes.limit() - at - 4, length - 2)];
    bytes.get(at + 4, segment);
    return segment;
  }

  /// C4, C8 and CC are tables.
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static Optional<PictureSize> size(int width, int height) {
    return Optional.of(new PictureSize(width, height));
  }

  private static int unsigned(short value) {
    return Short.toUnsignedInt(value);
  }

  private static boolean has(ByteBuffer bytes, int at, String expected) {
    var wanted = expected.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.limit() < at + wanted.length) return false;
    for (var i = 0; i < wanted.length; i++) if (bytes.get(at + i) != wanted[i]) return false;
    return true;
  }
}
