package kith.node.feature.files;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import kith.node.platform.config.Portions;

/// A small copy of a picture, upright and without any metadata.
///
/// @param type `image/jpeg`, or `image/png` if the picture has transparent parts
record Thumbnail(String type, byte[] bytes) {
  private static final float QUALITY = 0.8f;

  static {
    // no temporary files, and no display
    ImageIO.setUseCache(false);
    System.setProperty("java.awt.headless", "true");
  }

  /// Whether contents of this type can have one.
  static boolean isPossible(String type) {
    return type.equals("image/png")
        || type.equals("image/jpeg")
        || type.equals("image/gif")
        || type.equals(WebpProcess.TYPE);
  }

  /// Empty if the content is damaged, or has more pixels than allowed. The size is compared before
  /// anything is decoded, and of the decoded pixels at most twice the thumbnail's width and height
  /// are kept.
  ///
  /// @param content a whole file
  /// @param type of the content
  /// @param pixels the largest number of pixels that is decoded
  /// @param started is given the reader, which another thread may abort; not for WebP, which has an
  ///   end of its own
  static Optional<Thumbnail> of(
      byte[] content,
      String type,
      Thumbnails.Size size,
      long pixels,
      Consumer<ImageReader> started) {
    if (type.equals(WebpProcess.TYPE)) return ofWebp(content, size, pixels);
    var readers = ImageIO.getImageReadersByMIMEType(type);
    if (!isPossible(type) || !readers.hasNext()) return Optional.empty();
    var reader = readers.next();
    try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(input, true, true);
      var width = reader.getWidth(0);
      var height = reader.getHeight(0);
      if (!isDecoded(width, height, pixels)) return Optional.empty();
      started.accept(reader);
      var decoded = decoded(reader, width, height, size.largest());
      if (decoded.isEmpty()) return Optional.empty();
      var upright = upright(decoded.get(), size.largest(), PictureSize.orientation(content));
      return Optional.of(written(upright, size.isPng()));
    } catch (IOException | RuntimeException damaged) {
      return Optional.empty();
    } finally {
      reader.dispose();
    }
  }

  private static boolean isDecoded(int width, int height, long pixels) {
    return width > 0
        && height > 0
        && Math.max(width, height) <= Portions.PICTURE_SIDE
        && (long) width * height <= pixels;
  }

  private static Optional<Thumbnail> ofWebp(byte[] content, Thumbnails.Size size, long pixels) {
    var claimed = PictureSize.of(content);
    if (claimed.isEmpty() || claimed.get().pixels() > pixels) return Optional.empty();
    var orientation = PictureSize.orientation(content);
    try {
      var decoded = WebpProcess.decoded(content, 2 * size.largest());
      if (decoded.isEmpty()) return Optional.empty();
      return Optional.of(
          written(upright(decoded.get(), size.largest(), orientation), size.isPng()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// Every n-th pixel of every n-th row.
  private static Optional<BufferedImage> decoded(
      ImageReader reader, int width, int height, int largest) throws IOException {
    var every = every(width, height, largest);
    var how = reader.getDefaultReadParam();
    how.setSourceSubsampling(every, every, 0, 0);
    var aborted = new boolean[1];
    reader.addIIOReadProgressListener(new Aborted(() -> aborted[0] = true));
    var image = reader.read(0, how);
    return aborted[0] ? Optional.empty() : Optional.of(image);
  }

  /// The step between pixels. The longer side of the result has between `largest` and twice as many
  /// pixels, or all of them in a smaller picture.
  static int every(int width, int height, int largest) {
    return Math.ceilDiv(Math.max(width, height), 2 * largest);
  }

  private static BufferedImage upright(BufferedImage image, int largest, int orientation) {
    var scale = Math.min(1.0, largest / (double) Math.max(image.getWidth(), image.getHeight()));
    var width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    var height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    var isTurned = orientation >= 5;
    var result =
        new BufferedImage(
            isTurned ? height : width,
            isTurned ? width : height,
            image.getColorModel().hasAlpha()
                ? BufferedImage.TYPE_INT_ARGB
                : BufferedImage.TYPE_INT_RGB);
    var graphics = result.createGraphics();
    try {
      draw(graphics, image, transform(orientation, width, height), width, height);
    } finally {
      graphics.dispose();
    }
    return result;
  }

  private static void draw(
      Graphics2D graphics, BufferedImage image, AffineTransform transform, int width, int height) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.transform(transform);
    graphics.drawImage(image, 0, 0, width, height, null);
  }

  /// Makes a picture upright whose rows and columns begin as EXIF numbers it.
  private static AffineTransform transform(int orientation, int width, int height) {
    return switch (orientation) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
      default -> new AffineTransform();
    };
  }

  private static Thumbnail written(BufferedImage image, boolean isToBePng) throws IOException {
    var isPng = isToBePng || image.getColorModel().hasAlpha();
    var type = isPng ? "image/png" : "image/jpeg";
    var writer = ImageIO.getImageWritersByMIMEType(type).next();
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      var how = writer.getDefaultWriteParam();
      if (!isPng) {
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(QUALITY);
      }
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return new Thumbnail(type, bytes.toByteArray());
  }
}
