package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import org.junit.jupiter.api.Test;

class QrLinesTest {
  private static final String TEXT = "https://chat.example.org/device?user_code=WDJB-MJHT";

  /// Every square of the code is drawn where it belongs, with the white border of the standard.
  @Test
  void theBlocksAreTheSquaresOfTheCode() {
    var code = QrCode.encodeText(TEXT, QrCode.Ecc.LOW);

    var lines = QrLines.blocks(TEXT);

    assertThat(lines).hasSize((code.size + 9) / 2);
    for (int y = -4; y < code.size + 4; y++)
      for (int x = -4; x < code.size + 4; x++) {
        var block = lines.get((y + 4) / 2).charAt(x + 4);
        var isBlack = (y % 2 == 0 ? "█▀" : "█▄").indexOf(block) >= 0;
        assertThat(isBlack).as("x %d, y %d", x, y).isEqualTo(code.getModule(x, y));
      }
  }

  @Test
  void theColoursAreBlackOnWhiteInEveryTheme() {
    assertThat(QrLines.of(TEXT))
        .allMatch(line -> line.startsWith("\u001b[30;107m") && line.endsWith("\u001b[0m"));
  }
}
