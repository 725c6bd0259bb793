package kith.node.feature.files;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// The program that decodes one WebP, in a process of its own ([WebpProcess]): it reads a content
/// from its standard input and writes pixels to its standard output.
final class WebpDecoder {
  private static final Path PREFERENCE = Path.of("/proc/self/oom_score_adj");
  private static final String FIRST = "1000";

  private WebpDecoder() {}

  public static void main(String[] arguments) throws IOException {
    yieldMemory();
    var in = new DataInputStream(System.in);
    var image = decoded(in.readInt(), in.readAllBytes());
    var width = image.getWidth();
    var out = new DataOutputStream(System.out);
    out.writeInt(width);
    out.writeInt(image.getHeight());
    out.writeBoolean(image.getColorModel().hasAlpha());
    var row = new int[width];
    var bytes = new byte[width * Integer.BYTES];
    for (var y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      ByteBuffer.wrap(bytes).asIntBuffer().put(row);
      out.write(bytes);
    }
    out.flush();
  }

  /// If the machine, or a container, has no memory left, the kernel ends this process first, not
  /// the node.
  private static void yieldMemory() {
    try {
      Files.writeString(PREFERENCE, FIRST);
    } catch (IOException unknown) {
      // on this machine, the kernel decides
    }
  }

  /// Every n-th pixel of every n-th row.
  ///
  /// @param most the larger of width and height, twice at most
  private static BufferedImage decoded(int most, byte[] content) throws IOException {
    var reader = new WebPImageReaderSpi().createReaderInstance(null);
    try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(input, true, true);
      var every = Math.max(1, Math.max(reader.getWidth(0), reader.getHeight(0)) / most);
      var how = reader.getDefaultReadParam();
      how.setSourceSubsampling(every, every, 0, 0);
      return reader.read(0, how);
    } finally {
      reader.dispose();
    }
  }
}
