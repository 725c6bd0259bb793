import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Draws a terminal's screen, as `tmux capture-pane -e -p` gives it, as an SVG.
///
/// `java Svg.java COLUMNS ROWS TITLE < screen > picture.svg`
final class Svg {
  static final double WIDTH = 8.4;
  static final int HEIGHT = 18;
  static final int MARGIN = 12;
  static final int TITLE = 30;
  private static final String FOREGROUND = "#d4d7dd";
  private static final String BACKGROUND = "#16181d";
  private static final String[] PALETTE = {
    "#1e2127", "#e06c75", "#98c379", "#d19a66", "#4f83d8", "#c678dd", "#56b6c2", "#c8ccd4",
    "#7f848e", "#f4808a", "#b5e08f", "#f0c674", "#7fb0ff", "#dd9bf2", "#7fdbe6", "#ffffff"
  };

  record Look(String front, String back, boolean bold, boolean italic, boolean line) {}

  record Piece(int column, int columns, String text, Look look) {}

  private String front = FOREGROUND;
  private String back = BACKGROUND;
  private boolean bold;
  private boolean italic;
  private boolean line;
  private boolean reverse;

  static void main(String[] arguments) throws IOException {
    int columns = Integer.parseInt(arguments[0]);
    int rows = Integer.parseInt(arguments[1]);
    var screen = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    new Svg().draw(screen.split("\n", -1), columns, rows, arguments[2], out);
  }

  private void draw(String[] screen, int columns, int rows, String title, PrintStream out) {
    begin(width(columns), height(rows), title, out);
    window(columns, rows, title, out);
    for (int row = 0; row < Math.min(rows, screen.length); row++) {
      for (var piece : pieces(screen[row])) put(piece, row, out);
    }
    out.println("</svg>");
  }

  static int width(int columns) {
    return (int) Math.ceil(columns * WIDTH) + 2 * MARGIN;
  }

  static int height(int rows) {
    return rows * HEIGHT + 2 * MARGIN + TITLE;
  }

  static void begin(int width, int height, String title, PrintStream out) {
    out.printf(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " font-family=\"ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace\""
            + " font-size=\"14\">%n",
        width, height, width);
    out.printf("<title>%s</title>%n", escaped(title));
  }

  /// The frame of a terminal, without its content.
  static void window(int columns, int rows, String title, PrintStream out) {
    int width = width(columns);
    out.printf(
        "<rect width=\"%d\" height=\"%d\" rx=\"9\" fill=\"%s\"/>%n",
        width, height(rows), BACKGROUND);
    for (int dot = 0; dot < 3; dot++) {
      out.printf("<circle cx=\"%d\" cy=\"17\" r=\"5\" fill=\"#4a4f59\"/>%n", 20 + 18 * dot);
    }
    out.printf(
        "<text x=\"%d\" y=\"21\" text-anchor=\"middle\" font-size=\"12\" fill=\"#8a909c\">%s</text>%n",
        width / 2, escaped(title));
  }

  /// The rows of a screen. The style at the end of a row is that of the next one.
  static List<List<Piece>> rows(String[] screen) {
    var svg = new Svg();
    return Arrays.stream(screen).map(svg::pieces).toList();
  }

  static void put(Piece piece, int row, PrintStream out) {
    double x = MARGIN + piece.column() * WIDTH;
    int y = TITLE + MARGIN + row * HEIGHT;
    double width = piece.columns() * WIDTH;
    var look = piece.look();
    if (!look.back().equals(BACKGROUND)) {
      out.printf(
          "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
          x, y, width, HEIGHT, look.back());
    }
    if (piece.text().isBlank()) return;
    out.printf(
        "<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\""
            + " xml:space=\"preserve\" fill=\"%s\"%s%s%s>%s</text>%n",
        x,
        y + 13,
        width,
        look.front(),
        look.bold() ? " font-weight=\"bold\"" : "",
        look.italic() ? " font-style=\"italic\"" : "",
        look.line() ? " text-decoration=\"underline\"" : "",
        escaped(piece.text()));
  }

  private List<Piece> pieces(String row) {
    var pieces = new ArrayList<Piece>();
    var text = new StringBuilder();
    int begin = 0;
    int column = 0;
    var graphemes = BreakIterator.getCharacterInstance();
    for (int at = 0; at < row.length(); ) {
      if (row.startsWith("\u001b[", at)) {
        column = flush(pieces, text, begin, column);
        begin = column;
        int end = row.indexOf('m', at);
        wear(row.substring(at + 2, end));
        at = end + 1;
        continue;
      }
      graphemes.setText(row.substring(at));
      int length = graphemes.next();
      var grapheme = row.substring(at, at + length);
      int width = width(grapheme);
      if (width != 1 || grapheme.length() > 1) {
        // the grapheme gets its own columns, for any width in the font
        flush(pieces, text, begin, column);
        pieces.add(new Piece(column, width, grapheme, look()));
        begin = column + width;
      } else {
        text.append(grapheme);
      }
      column += width;
      at += length;
    }
    flush(pieces, text, begin, column);
    return pieces;
  }

  private int flush(List<Piece> pieces, StringBuilder text, int begin, int column) {
    if (column > begin) pieces.add(new Piece(begin, column - begin, text.toString(), look()));
    text.setLength(0);
    return column;
  }

  private static int width(String grapheme) {
    int point = grapheme.codePointAt(0);
    boolean isWide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xFF01 && point <= 0xFF60)
            || Character.isEmojiPresentation(point)
            || grapheme.indexOf(0xFE0F) > 0;
    return isWide ? 2 : 1;
  }

  private Look look() {
    return reverse
        ? new Look(back, front, bold, italic, line)
        : new Look(front, back, bold, italic, line);
  }

  private void wear(String codes) {
    var each = codes.isEmpty() ? new String[] {"0"} : codes.split(";");
    for (int at = 0; at < each.length; at++) {
      int code = Integer.parseInt(each[at]);
      switch (code) {
        case 0 -> plain();
        case 1 -> bold = true;
        case 3 -> italic = true;
        case 4 -> line = true;
        case 7 -> reverse = true;
        case 22 -> bold = false;
        case 23 -> italic = false;
        case 24 -> line = false;
        case 27 -> reverse = false;
        case 39 -> front = FOREGROUND;
        case 49 -> back = BACKGROUND;
        case 38, 48 -> {
          var colour = indexed(Integer.parseInt(each[at + 2]));
          if (code == 38) front = colour;
          else back = colour;
          at += 2;
        }
        default -> {
          if (code >= 30 && code <= 37) front = PALETTE[code - 30];
          if (code >= 90 && code <= 97) front = PALETTE[code - 82];
          if (code >= 40 && code <= 47) back = PALETTE[code - 40];
          if (code >= 100 && code <= 107) back = PALETTE[code - 92];
        }
      }
    }
  }

  private void plain() {
    front = FOREGROUND;
    back = BACKGROUND;
    bold = false;
    italic = false;
    line = false;
    reverse = false;
  }

  private static String indexed(int index) {
    if (index < 16) return PALETTE[index];
    if (index >= 232) return grey(8 + (index - 232) * 10);
    int cube = index - 16;
    return "#%02x%02x%02x".formatted(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
  }

  private static String grey(int level) {
    return "#%02x%02x%02x".formatted(level, level, level);
  }

  private static int level(int step) {
    return step == 0 ? 0 : 55 + 40 * step;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
