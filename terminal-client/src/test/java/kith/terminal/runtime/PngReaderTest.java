package kith.terminal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pictures that a node makes are read as they are.
class PngReaderTest {
  private static BufferedImage picture(int kind) {
    var image = new BufferedImage(37, 23, kind);
    var dice = new Random(1);
    for (int y = 0; y < image.getHeight(); y++)
      for (int x = 0; x < image.getWidth(); x++)
        image.setRGB(x, y, 0xFF000000 | ((x * 6) << 16) | ((y * 9) << 8) | dice.nextInt(8));
    return image;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB})
  void everyPixelIsRead(int kind) throws IOException {
    var image = picture(kind);

    var read = PngReader.read(png(image));

    assertThat(read.width()).isEqualTo(37);
    assertThat(read.height()).isEqualTo(23);
    for (int y = 0; y < 23; y++)
      for (int x = 0; x < 37; x++)
        assertThat(read.rgb(x, y)).isEqualTo(image.getRGB(x, y) & 0xFFFFFF);
  }

  @Test
  void anotherFormOrADamagedPictureIsRefused() throws IOException {
    var grey = png(new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY));
    assertThatThrownBy(() -> PngReader.read(grey)).isInstanceOf(IOException.class);
    var large = png(new BufferedImage(1_025, 1, BufferedImage.TYPE_INT_RGB));
    assertThatThrownBy(() -> PngReader.read(large)).isInstanceOf(IOException.class);
    var whole = png(picture(BufferedImage.TYPE_INT_RGB));
    for (int length = 0; length < whole.length - 12; length += 9) {
      var torn = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> PngReader.read(torn)).isInstanceOf(IOException.class);
    }
  }
}
