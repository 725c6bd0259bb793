package kith.node.feature.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSizeTest {
  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "jpg"})
  void theHeaderOfAPictureHasItsSize(String format) throws IOException {
    assertThat(PictureSize.of(picture(format, 300, 20))).contains(new PictureSize(300, 20));
  }

  @Test
  void anUprightPhotographIsTallerThanWide() throws IOException {
    var exif =
        "ffe1"
            + "0022"
            + "457869660000"
            + "4d4d002a00000008"
            + "0001"
            + "011200030000000100060000"
            + "00000000";
    var jpeg = HexFormat.of().formatHex(picture("jpg", 300, 20));
    var turned = HexFormat.of().parseHex(jpeg.substring(0, 4) + exif + jpeg.substring(4));

    assertThat(PictureSize.of(turned)).contains(new PictureSize(20, 300));
  }

  @Test
  void theThreeFormsOfWebpHaveTheirSizes() {
    var riff = "52494646000000005745425056503";
    assertThat(
            PictureSize.of(
                HexFormat.of()
                    .parseHex(riff + "858" + "0a000000" + "00000000" + "2b0100" + "130000")))
        .contains(new PictureSize(300, 20));
    assertThat(
            PictureSize.of(
                HexFormat.of()
                    .parseHex(riff + "84c" + "00000000" + "2f" + "2bc10400" + "00000000")))
        .contains(new PictureSize(300, 20));
    assertThat(
            PictureSize.of(
                HexFormat.of()
                    .parseHex(riff + "820" + "00000000" + "000000" + "9d012a" + "2c01" + "1400")))
        .contains(new PictureSize(300, 20));
  }

  @Test
  void filesWithoutAReadableHeaderHaveNoSizeAndDoNotFail() throws IOException {
    var random = new Random(7);
    for (var format : new String[] {"png", "gif", "jpg"}) {
      var picture = picture(format, 300, 20);
      for (var length = 0; length < 24; length++)
        assertThat(PictureSize.of(Arrays.copyOf(picture, Math.min(length, 9)))).isEmpty();
      for (var i = 0; i < 2_000; i++) {
        var damaged = picture.clone();
        for (var n = 0; n < 4; n++)
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        assertThat(PictureSize.of(damaged)).isNotNull();
      }
    }
  }

  private static byte[] picture(String format, int width, int height) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes);
    return bytes.toByteArray();
  }
}
