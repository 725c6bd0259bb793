package kith.node.feature.files;

import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.Portions;
import kith.node.platform.objects.Unavailable;

/// Decodes WebP with [WebpDecoder] in a process of its own. A file of a few kilobytes can make that
/// decoder take any amount of memory and time; then its process ends, and the node continues.
final class WebpProcess {
  static final String TYPE = "image/webp";

  private WebpProcess() {}

  /// The decoded picture, possibly with every n-th pixel only; empty if the content is damaged, or
  /// if decoding needs too much time or memory. Blocks.
  ///
  /// @param most the larger of width and height that is needed; the result has less than twice
  static Optional<BufferedImage> decoded(byte[] content, int most) {
    var process = start();
    var limit = Thread.ofVirtual().start(() -> stopLate(process));
    var writer = Thread.ofVirtual().start(() -> write(process, content, most));
    try {
      return Optional.of(read(process, 2 * most));
    } catch (IOException ended) {
      return Optional.empty();
    } finally {
      process.destroyForcibly();
      limit.interrupt();
      writer.interrupt();
    }
  }

  private static Process start() {
    var builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + Portions.WEBP_HEAP,
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Djava.awt.headless=true",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WebpDecoder.class.getName()))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    // the environment of a node has secrets
    builder.environment().clear();
    try {
      return builder.start();
    } catch (IOException fault) {
      throw new Unavailable("the decoder of WebP", fault);
    }
  }

  private static void stopLate(Process process) {
    try {
      if (!process.waitFor(FileIntervals.THUMBNAIL.toMillis(), TimeUnit.MILLISECONDS))
        process.destroyForcibly();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(Process process, byte[] content, int most) {
    try (var out = new DataOutputStream(process.getOutputStream())) {
      out.writeInt(most);
      out.write(content);
    } catch (IOException ended) {
      // its output reports the failure, too
    }
  }

  private static BufferedImage read(Process process, int largest) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      var width = in.readInt();
      var height = in.readInt();
      if (Math.min(width, height) <= 0 || Math.max(width, height) > largest)
        throw new IOException("no picture");
      var type = in.readBoolean() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
      var image = new BufferedImage(width, height, type);
      var bytes = new byte[width * Integer.BYTES];
      var row = new int[width];
      for (var y = 0; y < height; y++) {
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asIntBuffer().get(row);
        image.setRGB(0, y, width, 1, row, 0, width);
      }
      return image;
    }
  }
}
