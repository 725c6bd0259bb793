package kith.node.feature.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailTest {
  private static final Thumbnails.Size SIZE = Thumbnails.Size.SMALL;
  private static final int LARGEST = SIZE.largest();
  private static final long PIXELS = 1_000_000;

  /// The four quarters of the picture, upright, and what EXIF calls its orientation.
  private static BufferedImage quarters(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width / 2, height / 2);
    graphics.setColor(Color.GREEN);
    graphics.fillRect(width / 2, 0, width / 2, height / 2);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(0, height / 2, width / 2, height / 2);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(width / 2, height / 2, width / 2, height / 2);
    graphics.dispose();
    return image;
  }

  private static byte[] written(BufferedImage image, String format) throws IOException {
    var bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static byte[] taken(int orientation, byte[] jpeg) {
    var exif =
        "ffe10022457869660000"
            + "4d4d002a00000008"
            + "0001"
            + "01120003000000010%03x0000".formatted(orientation)
            + "00000000";
    var hex = HexFormat.of().formatHex(jpeg);
    return HexFormat.of().parseHex(hex.substring(0, 4) + exif + hex.substring(4));
  }

  private static Optional<Thumbnail> of(byte[] content, String type) {
    return Thumbnail.of(content, type, SIZE, PIXELS, _ -> {});
  }

  private static BufferedImage read(Thumbnail thumbnail) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
  }

  private static String colour(BufferedImage image, int quarterX, int quarterY) {
    var rgb =
        new Color(
            image.getRGB(
                image.getWidth() * (1 + 2 * quarterX) / 4,
                image.getHeight() * (1 + 2 * quarterY) / 4));
    var bright = 128;
    return (rgb.getRed() > bright ? "r" : "")
        + (rgb.getGreen() > bright ? "g" : "")
        + (rgb.getBlue() > bright ? "b" : "");
  }

  @ParameterizedTest
  @CsvSource({"png,image/png", "jpg,image/jpeg", "gif,image/gif"})
  void aPictureIsMadeSmallerAndKeepsItsShape(String format, String type) throws IOException {
    var thumbnail = of(written(quarters(1000, 500), format), type).orElseThrow();

    assertThat(thumbnail.type()).isEqualTo("image/jpeg");
    var small = read(thumbnail);
    assertThat(small.getWidth()).isEqualTo(LARGEST);
    assertThat(small.getHeight()).isEqualTo(LARGEST / 2);
    assertThat(colour(small, 0, 0)).isEqualTo("r");
    assertThat(colour(small, 1, 1)).isEqualTo("rgb");
  }

  @Test
  void aSmallPictureIsNotMadeLarger() throws IOException {
    var small = read(of(written(quarters(20, 10), "png"), "image/png").orElseThrow());

    assertThat(small.getWidth()).isEqualTo(20);
  }

  @Test
  void aTerminalGetsAPng() throws IOException {
    var photograph = written(quarters(1000, 500), "jpg");

    var thumbnail =
        Thumbnail.of(photograph, "image/jpeg", Thumbnails.Size.TERMINAL, PIXELS, _ -> {})
            .orElseThrow();

    assertThat(thumbnail.type()).isEqualTo("image/png");
    assertThat(read(thumbnail).getWidth()).isEqualTo(480);
  }

  @Test
  void transparentPartsStayTransparent() throws IOException {
    var picture = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(50, 50, 0xFF102030);

    var thumbnail = of(written(picture, "png"), "image/png").orElseThrow();

    assertThat(thumbnail.type()).isEqualTo("image/png");
    assertThat(read(thumbnail).getRGB(0, 0) >>> 24).isZero();
  }

  /// The columns are the colours of the upright picture, from the top left to the bottom right.
  @ParameterizedTest
  @CsvSource({
    "1,r,g,b,rgb",
    "2,g,r,rgb,b",
    "3,rgb,b,g,r",
    "4,b,rgb,r,g",
    "5,r,b,g,rgb",
    "6,b,r,rgb,g",
    "7,rgb,g,b,r",
    "8,g,rgb,r,b",
  })
  void aPhotographIsTurnedUprightAndItsMetadataIsGone(
      int orientation, String topLeft, String topRight, String bottomLeft, String bottomRight)
      throws IOException {
    var photograph = taken(orientation, written(quarters(400, 200), "jpg"));

    var thumbnail = of(photograph, "image/jpeg").orElseThrow();

    var small = read(thumbnail);
    assertThat(small.getWidth() > small.getHeight()).isEqualTo(orientation < 5);
    assertThat(colour(small, 0, 0)).isEqualTo(topLeft);
    assertThat(colour(small, 1, 0)).isEqualTo(topRight);
    assertThat(colour(small, 0, 1)).isEqualTo(bottomLeft);
    assertThat(colour(small, 1, 1)).isEqualTo(bottomRight);
    assertThat(new String(photograph, StandardCharsets.ISO_8859_1)).contains("Exif");
    assertThat(new String(thumbnail.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
  }

  /// A few bytes that claim 60,000 × 60,000 pixels.
  @Test
  void aPictureWithTooManyPixelsIsNotDecoded() throws IOException {
    var bomb = written(quarters(20, 20), "png");
    ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
    var crc = new CRC32();
    crc.update(bomb, 12, 17);
    ByteBuffer.wrap(bomb).putInt(29, (int) crc.getValue());

    assertThat(
            Thumbnail.of(
                bomb,
                "image/png",
                SIZE,
                PIXELS,
                _ -> {
                  throw new AssertionError("decoded");
                }))
        .isEmpty();
  }

  /// A file of a quarter of a megabyte whose header states one row of 33 million pixels: its
  /// decoder would take several times 264 MB.
  @Test
  void aPictureWithAVeryLongRowIsNotDecoded() throws IOException {
    var bomb = row(33_000_000);

    assertThat(bomb).hasSizeLessThan(400_000);
    assertThat(
            Thumbnail.of(
                bomb,
                "image/png",
                SIZE,
                40_000_000,
                _ -> {
                  throw new AssertionError("decoded");
                }))
        .isEmpty();
  }

  /// A PNG of one row with 16 bits for each of red, green, blue and alpha, all zero.
  private static byte[] row(int width) throws IOException {
    var pixels = new ByteArrayOutputStream();
    try (var deflated = new DeflaterOutputStream(pixels)) {
      for (var left = 1 + 8L * width; left > 0; left -= 1 << 20)
        deflated.write(new byte[(int) Math.min(left, 1 << 20)]);
    }
    var header = ByteBuffer.allocate(13).putInt(width).putInt(1).put((byte) 16).put((byte) 6);
    var png = new ByteArrayOutputStream();
    png.writeBytes(HexFormat.of().parseHex("89504e470d0a1a0a"));
    png.writeBytes(chunk("IHDR", header.array()));
    png.writeBytes(chunk("IDAT", pixels.toByteArray()));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    var chunk = ByteBuffer.allocate(content.length + 12).putInt(content.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    var crc = new CRC32();
    crc.update(chunk.array(), 4, content.length + 4);
    return chunk.putInt((int) crc.getValue()).array();
  }

  @ParameterizedTest
  @CsvSource({"5119,5119,1280", "320,200,320", "641,1,320", "65535,600,320", "1,1,1280"})
  void decodingKeepsAtMostTwiceTheThumbnailsSide(int width, int height, int largest) {
    var every = Thumbnail.every(width, height, largest);

    assertThat(Math.ceilDiv(Math.max(width, height), every))
        .isBetween(Math.min(largest, Math.max(width, height)), 2 * largest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif"})
  void noDamagedPictureFails(String format) throws IOException {
    var whole = written(quarters(60, 40), format);
    var type = "image/" + (format.equals("jpg") ? "jpeg" : format);

    for (var length = 0; length < whole.length; length += 7)
      assertThat(of(Arrays.copyOf(whole, length), type)).isNotNull();
    for (var at = 0; at < whole.length; at += 5) {
      var changed = whole.clone();
      changed[at] ^= 0x55;
      assertThat(of(changed, type)).isNotNull();
    }
    assertThat(of(whole, "text/html")).isEmpty();
    assertThat(of(whole, "image/bmp")).isEmpty();
  }

  /// The quarters of 1000 × 500 pixels, written by libwebp 1.2.4; `turned` has an orientation of 6
  /// in its EXIF chunk, `animated` begins with them.
  private static byte[] webp(String name) throws IOException {
    try (var in = ThumbnailTest.class.getResourceAsStream("/pictures/" + name + ".webp")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @ParameterizedTest
  @CsvSource({"lossy,r,rgb", "lossless,r,rgb", "animated,r,rgb", "turned,b,g"})
  void aWebpIsDecodedInAProcessOfItsOwn(String name, String topLeft, String bottomRight)
      throws IOException {
    var content = webp(name);

    var thumbnail = of(content, FileTypes.of(content)).orElseThrow();

    var small = read(thumbnail);
    var isTurned = name.equals("turned");
    assertThat(Math.max(small.getWidth(), small.getHeight())).isEqualTo(LARGEST);
    assertThat(small.getHeight() > small.getWidth()).isEqualTo(isTurned);
    assertThat(colour(small, 0, 0)).isEqualTo(topLeft);
    assertThat(colour(small, 1, 1)).isEqualTo(bottomRight);
    assertThat(PictureSize.of(content))
        .contains(isTurned ? new PictureSize(500, 1000) : new PictureSize(1000, 500));
  }

  @Test
  void aTransparentWebpStaysTransparent() throws IOException {
    var thumbnail = of(webp("transparent"), "image/webp").orElseThrow();

    assertThat(thumbnail.type()).isEqualTo("image/png");
    assertThat(read(thumbnail).getRGB(0, 0) >>> 24).isZero();
    assertThat(read(thumbnail).getRGB(48, 48) >>> 24).isEqualTo(0xFF);
  }

  @Test
  void aWebpWithTooManyPixelsStartsNoProcess() throws IOException {
    var bomb = claimingMost(webp("lossy"), 26);

    assertThat(PictureSize.of(bomb)).contains(new PictureSize(16_383, 16_383));
    assertThat(of(bomb, "image/webp")).isEmpty();
    assertThat(Thumbnail.of(webp("lossy"), "image/webp", SIZE, 499_999, _ -> {})).isEmpty();
  }

  /// The header of the file is harmless; the picture within it claims 268 million pixels.
  @Test
  void aWebpThatNeedsTooMuchMemoryEndsItsProcessOnly() throws IOException {
    var bomb = claimingMost(webp("turned"), 44);

    assertThat(PictureSize.of(bomb)).contains(new PictureSize(500, 1000));
    assertThat(of(bomb, "image/webp")).isEmpty();
  }

  private static byte[] claimingMost(byte[] webp, int at) {
    ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(at, 0x3FFF_3FFF);
    return webp;
  }

  @Test
  void noDamagedWebpFails() throws IOException {
    var whole = webp("lossless");

    for (var length : List.of(0, 11, 29, 60))
      assertThat(of(Arrays.copyOf(whole, length), "image/webp")).isEmpty();
    var changed = whole.clone();
    for (var at = 30; at < whole.length; at++) changed[at] ^= 0x55;
    assertThat(of(changed, "image/webp")).isNotNull();
  }

  @Test
  void aStoppedDecoderReturnsNothing() throws IOException {
    var content = written(quarters(900, 900), "png");

    assertThat(Thumbnail.of(content, "image/png", SIZE, PIXELS, ThumbnailTest::stopAtOnce))
        .isEmpty();
  }

  private static void stopAtOnce(ImageReader reader) {
    reader.addIIOReadProgressListener(new AtTheStart(reader));
  }

  /// Aborts once the decoder has begun; an earlier request would be forgotten.
  private record AtTheStart(ImageReader reader) implements IIOReadProgressListener {
    @Override
    public void imageStarted(ImageReader source, int imageIndex) {
      reader.abort();
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
  }
}
