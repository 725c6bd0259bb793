package kith.terminal.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import kith.terminal.model.Picture;
import kith.terminal.view.Canvas.PlacedPicture;

/// Pictures in the protocols of kitty and iTerm2. The terminal gets pixels that were decoded here,
/// never the bytes of a file.
final class PictureSequences {
  /// Removes all pictures of this screen, and frees them.
  static final String NO_KITTY = "\u001b_Ga=d,d=A,q=2\u001b\\";

  static final String KITTY = "\u001b_G";

  private static final int CHUNK = 4_096;

  private PictureSequences() {}

  /// In chunks, because terminals take 4,096 characters at once. The cursor stays (`C=1`), and the
  /// terminal answers nothing (`q=2`).
  static String kitty(PlacedPicture placed) {
    var picture = placed.picture();
    var data = Base64.getEncoder().encodeToString(Png.deflated(rgb(picture)));
    var sequence = new StringBuilder();
    for (int from = 0; from < data.length(); from += CHUNK) {
      int to = Math.min(data.length(), from + CHUNK);
      sequence.append(KITTY);
      if (from == 0) {
        sequence.append(
            "a=T,q=2,f=24,o=z,C=1,s=%d,v=%d,c=%d,r=%d,"
                .formatted(picture.width(), picture.height(), placed.columns(), placed.rows()));
      }
      sequence
          .append(to < data.length() ? "m=1;" : "m=0;")
          .append(data, from, to)
          .append("\u001b\\");
    }
    return sequence.toString();
  }

  static String iterm(PlacedPicture placed) {
    var png = Png.of(placed.picture());
    var name = Base64.getEncoder().encodeToString("kith.png".getBytes(StandardCharsets.US_ASCII));
    return "\u001b]1337;File=name=%s;size=%d;inline=1;width=%d;height=%d;preserveAspectRatio=0;doNotMoveCursor=1:"
            .formatted(name, png.length, placed.columns(), placed.rows())
        + Base64.getEncoder().encodeToString(png)
        + "\u0007";
  }

  private static byte[] rgb(Picture picture) {
    var bytes = new byte[picture.width() * picture.height() * 3];
    int at = 0;
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < picture.width(); column++) {
        int rgb = picture.rgb(column, row);
        bytes[at++] = (byte) (rgb >> 16);
        bytes[at++] = (byte) (rgb >> 8);
        bytes[at++] = (byte) rgb;
      }
    }
    return bytes;
  }
}
