package kith.terminal.plain;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import java.util.stream.IntStream;

/// A QR code for a terminal: two rows of squares in each line, black on white in every colour
/// scheme, because cameras do not read all inverted codes.
public final class QrLines {
  /// The white border that the standard requires.
  private static final int BORDER = 4;

  private static final int MAX_CHARS = 512;

  private static final String BLACK_ON_WHITE = "\u001b[30;107m";
  private static final String USUAL = "\u001b[0m";

  private QrLines() {}

  /// The code with colours, to print.
  public static List<String> of(String text) {
    return blocks(text).stream().map(line -> BLACK_ON_WHITE + line + USUAL).toList();
  }

  /// The code without colours: black squares are blocks. Empty if the text is too long to be
  /// scanned from a screen.
  public static List<String> blocks(String text) {
    if (text.length() > MAX_CHARS) return List.of();
    var code = QrCode.encodeText(text, QrCode.Ecc.LOW);
    return IntStream.iterate(-BORDER, y -> y < code.size + BORDER, y -> y + 2)
        .mapToObj(y -> line(code, y))
        .toList();
  }

  private static String line(QrCode code, int y) {
    var line = new StringBuilder();
    for (int x = -BORDER; x < code.size + BORDER; x++)
      line.append(block(code.getModule(x, y), code.getModule(x, y + 1)));
    return line.toString();
  }

  private static char block(boolean upper, boolean lower) {
    if (upper) return lower ? '█' : '▀';
    return lower ? '▄' : ' ';
  }
}
