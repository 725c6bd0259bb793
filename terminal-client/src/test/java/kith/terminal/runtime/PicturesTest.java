package kith.terminal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import kith.terminal.config.Conf.Pictures;
import kith.terminal.model.Picture;
import kith.terminal.model.Size;
import kith.terminal.runtime.TerminalGraphics.CellSize;
import kith.terminal.runtime.TerminalGraphics.Protocol;
import kith.terminal.update.Input;
import kith.terminal.view.Canvas.PlacedPicture;
import kith.terminal.view.Screen;
import kith.terminal.view.Story;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Pictures in the protocols of terminals, and which one a terminal gets.
class PicturesTest {
  private static final Map<String, String> XTERM = Map.of("TERM", "xterm-256color");
  private static final String KITTY_ANSWER = "_Gi=31;OK\u001b\\";
  private static final String CELL_ANSWER = "[6;20;10t";
  private static final String SIXEL_ANSWER = "[?62;4;22c";

  private static Picture gradient(int width, int height) {
    var pixels = new int[width * height];
    for (int index = 0; index < pixels.length; index++) {
      int red = index % width * 255 / Math.max(1, width - 1);
      int green = index / width * 255 / Math.max(1, height - 1);
      pixels[index] = red << 16 | green << 8 | 0x40;
    }
    return new Picture(width, pixels);
  }

  private static TerminalGraphics answering(
      Pictures wanted, Map<String, String> environment, String... answers) {
    var graphics = TerminalGraphics.of(wanted, environment);
    for (var answer : answers) graphics.answered(answer);
    return graphics;
  }

  // which

  @Test
  void withoutAnAnswerPicturesAreHalfBlocks() {
    var silent = answering(Pictures.AUTO, XTERM);

    assertThat(silent.question()).contains("\u001b_G", "\u001b[>0q", "\u001b[16t", "\u001b[c");
    assertThat(silent.protocol()).isEmpty();
    assertThat(silent.show(new PlacedPicture(gradient(2, 2), 0, 0, 2, 1))).isEmpty();
  }

  @Test
  void theBestProtocolThatTheTerminalNamesIsTaken() {
    assertThat(answering(Pictures.AUTO, XTERM, KITTY_ANSWER, CELL_ANSWER, SIXEL_ANSWER).protocol())
        .contains(Protocol.KITTY);
    assertThat(answering(Pictures.AUTO, XTERM, "_Gi=31;ENOSYS\u001b\\").protocol()).isEmpty();
    assertThat(answering(Pictures.AUTO, XTERM, CELL_ANSWER, SIXEL_ANSWER).protocol())
        .contains(Protocol.SIXEL);
    assertThat(answering(Pictures.AUTO, XTERM, "P>|iTerm2 3.5.0\u001b\\", SIXEL_ANSWER).protocol())
        .contains(Protocol.ITERM);
    assertThat(answering(Pictures.AUTO, Map.of("LC_TERMINAL", "iTerm2")).protocol())
        .contains(Protocol.ITERM);
    assertThat(answering(Pictures.AUTO, XTERM, CELL_ANSWER, "[?64;14;24c").protocol()).isEmpty();
  }

  @Test
  void sixelsNeedTheSizeOfACell() {
    assertThat(answering(Pictures.AUTO, XTERM, SIXEL_ANSWER).protocol()).isEmpty();
    assertThat(answering(Pictures.AUTO, XTERM, SIXEL_ANSWER, "[6;999;0t").protocol()).isEmpty();
    assertThat(answering(Pictures.SIXEL, XTERM, CELL_ANSWER).protocol()).contains(Protocol.SIXEL);
  }

  @Test
  void aMultiplexerGetsOnlySequencesThatItSupports() {
    var tmux = Map.of("TERM", "tmux-256color", "TMUX", "/tmp/tmux", "LC_TERMINAL", "iTerm2");

    var auto = answering(Pictures.AUTO, tmux);
    assertThat(auto.question()).doesNotContain("\u001b_G").contains("\u001b[c");
    assertThat(auto.protocol()).isEmpty();
    assertThat(answering(Pictures.KITTY, tmux).protocol()).isEmpty();
    assertThat(answering(Pictures.ITERM, tmux).protocol()).isEmpty();
    assertThat(answering(Pictures.SIXEL, tmux, CELL_ANSWER).protocol()).isEmpty();
    assertThat(answering(Pictures.AUTO, tmux, CELL_ANSWER, SIXEL_ANSWER).protocol())
        .contains(Protocol.SIXEL);
  }

  @Test
  void nothingIsAskedIfNoAnswerIsNeeded() {
    assertThat(answering(Pictures.BLOCKS, XTERM).question()).isEmpty();
    assertThat(answering(Pictures.OFF, XTERM, KITTY_ANSWER).protocol()).isEmpty();
    assertThat(answering(Pictures.AUTO, Map.of("TERM", "linux")).question()).isEmpty();
  }

  // how

  @Test
  void kittyGetsThePixelsInChunks() throws DataFormatException {
    var noise = new Picture(200, new Random(1).ints(40_000, 0, 1 << 24).toArray());
    var sequence = PictureSequences.kitty(new PlacedPicture(noise, 3, 4, 20, 10));

    var chunks =
        Pattern.compile("\u001b_G([^;]*);([^\u001b]*)\u001b\\\\")
            .matcher(sequence)
            .results()
            .toList();
    assertThat(chunks.getFirst().group(1))
        .isEqualTo("a=T,q=2,f=24,o=z,C=1,s=200,v=200,c=20,r=10,m=1");
    assertThat(chunks.getLast().group(1)).isEqualTo("m=0");
    assertThat(chunks).hasSizeGreaterThan(20).allMatch(chunk -> chunk.group(2).length() <= 4_096);
    assertThat(chunks.stream().mapToInt(chunk -> chunk.group().length()).sum())
        .as("nothing else")
        .isEqualTo(sequence.length());
    var data = chunks.stream().map(chunk -> chunk.group(2)).collect(Collectors.joining());
    var pixels = new byte[3 * 40_000];
    try (var inflater = new Inflater()) {
      inflater.setInput(Base64.getDecoder().decode(data));
      assertThat(inflater.inflate(pixels)).isEqualTo(pixels.length);
      assertThat(inflater.finished()).isTrue();
    }
    assertThat(((pixels[3] & 0xFF) << 16) | ((pixels[4] & 0xFF) << 8) | (pixels[5] & 0xFF))
        .isEqualTo(noise.rgb(1, 0));
  }

  @Test
  void itermGetsAPng() throws IOException {
    var picture = gradient(30, 20);
    var sequence = PictureSequences.iterm(new PlacedPicture(picture, 0, 0, 15, 5));

    assertThat(sequence)
        .startsWith("\u001b]1337;File=")
        .contains("width=15;height=5;")
        .endsWith("\u0007");
    var png =
        Base64.getDecoder()
            .decode(sequence.substring(sequence.indexOf(':') + 1, sequence.length() - 1));
    assertThat(sequence).contains("size=" + png.length + ";");
    var read = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(read.getWidth()).isEqualTo(30);
    for (int y = 0; y < 20; y++)
      for (int x = 0; x < 30; x++)
        assertThat(read.getRGB(x, y) & 0xFFFFFF).isEqualTo(picture.rgb(x, y));
  }

  /// Decodes the output of the encoder, and compares the mean colour of the cells.
  @Test
  void sixelsAreThePictureInTheCells() {
    var picture = gradient(64, 48);

    var decoded = decoded(Sixels.of(new PlacedPicture(picture, 0, 0, 10, 4), new CellSize(8, 16)));

    assertThat(decoded.width()).isEqualTo(80);
    assertThat(decoded.height()).as("whole bands below 64").isEqualTo(60);
    var cells = decoded.scaled(10, 4);
    var expected = picture.scaled(10, 4);
    for (int row = 0; row < 4; row++)
      for (int column = 0; column < 10; column++)
        for (int shift = 0; shift <= 16; shift += 8)
          assertThat(cells.rgb(column, row) >> shift & 0xFF)
              .isCloseTo(expected.rgb(column, row) >> shift & 0xFF, Offset.offset(16));
  }

  private static Picture decoded(String sequence) {
    assertThat(sequence).startsWith("\u001bP0;1;0q\"1;1;").endsWith("\u001b\\");
    var size = sequence.substring("\u001bP0;1;0q\"1;1;".length()).split("[;#]", 3);
    int width = Integer.parseInt(size[0]);
    int height = Integer.parseInt(size[1]);
    var pixels = new int[width * height];
    Arrays.fill(pixels, -1);
    var colours = new int[256];
    int colour = 0;
    int x = 0;
    int top = 0;
    var tokens =
        Pattern.compile("#(\\d+);2;(\\d+);(\\d+);(\\d+)|#(\\d+)|!(\\d+)([?-~])|([?-~])|\\$|-")
            .matcher(sequence.substring(sequence.indexOf('#'), sequence.length() - 2));
    int done = 0;
    while (tokens.find()) {
      assertThat(tokens.start()).as("nothing between the tokens").isEqualTo(done);
      done = tokens.end();
      if (tokens.group(1) != null) {
        int rgb = 0;
        for (int group = 2; group <= 4; group++)
          rgb = rgb << 8 | Integer.parseInt(tokens.group(group)) * 255 / 100;
        colours[Integer.parseInt(tokens.group(1))] = rgb;
      } else if (tokens.group(5) != null) {
        colour = Integer.parseInt(tokens.group(5));
      } else if (tokens.group().equals("$")) {
        x = 0;
      } else if (tokens.group().equals("-")) {
        x = 0;
        top += 6;
      } else {
        int count = tokens.group(6) == null ? 1 : Integer.parseInt(tokens.group(6));
        int bits = (tokens.group(6) == null ? tokens.group(8) : tokens.group(7)).charAt(0) - '?';
        for (; count > 0; count--, x++)
          for (int row = 0; row < 6; row++)
            if ((bits >> row & 1) == 1) pixels[(top + row) * width + x] = colours[colour];
      }
    }
    assertThat(pixels).as("every pixel has a colour").doesNotContain(-1);
    return new Picture(width, pixels);
  }

  // when

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private final class Wire extends ANSITerminal {
    Wire() {
      super(new ByteArrayInputStream(new byte[0]), bytes, StandardCharsets.UTF_8);
    }

    @Override
    protected TerminalSize findTerminalSize() {
      return new TerminalSize(60, 16);
    }

    @Override
    public void putString(String string) throws IOException {
      writeToTerminal(Tty.bytes(string));
    }
  }

  private String painted(Painter painter, Story ann) throws IOException {
    bytes.reset();
    painter.paint(Screen.draw(ann.model()));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aPictureIsDrawnOnceAndRemovedWhenItCloses() throws IOException {
    var painter = new Painter(new Wire(), false, answering(Pictures.AUTO, XTERM, KITTY_ANSWER));
    var ann = Story.atHome(60, 16);
    ann.arrives("r1", Story.message(2, "bob", "hello"));
    painted(painter, ann);

    ann.happens(new Input.Previewed("a.png", gradient(40, 20), true));
    assertThat(painted(painter, ann)).contains("\u001b_Ga=T").doesNotContain("a=d");

    ann.arrives("r1", Story.message(3, "bob", "more"));
    assertThat(painted(painter, ann)).as("not drawn again").doesNotContain("\u001b_G");

    ann.happens(new Input.Resized(new Size(50, 14)));
    assertThat(painted(painter, ann))
        .as("drawn anew at another place")
        .containsSubsequence("\u001b_Ga=d", "\u001b_Ga=T");

    ann.presses("Escape");
    assertThat(painted(painter, ann)).contains("\u001b_Ga=d").doesNotContain("a=T");
    ann.types("x");
    assertThat(painted(painter, ann)).doesNotContain("\u001b_G");
  }

  /// Sixels go when text is written over them, so every cell below them has to change.
  @Test
  void everyCellBelowASixelPictureIsWrittenAgain() throws IOException {
    var ann = Story.atHome(60, 16);
    ann.happens(new Input.Previewed("a.png", gradient(40, 20), true));
    var with = Screen.draw(ann.model());
    var place = with.picture().orElseThrow();

    ann.presses("Escape");
    var without = Screen.draw(ann.model());

    for (int row = place.row(); row < place.row() + place.rows(); row++)
      for (int column = place.column(); column < place.column() + place.columns(); column++)
        assertThat(without.at(column, row)).isNotEqualTo(with.at(column, row));
    assertThat(List.of(place.columns(), place.rows())).containsExactly(40, 10);
  }
}
