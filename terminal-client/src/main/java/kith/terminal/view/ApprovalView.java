package kith.terminal.view;

import com.googlecode.lanterna.TextColor.ANSI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Row;
import kith.terminal.layout.Row.Span;
import kith.terminal.layout.Tone;
import kith.terminal.layout.Wrap;
import kith.terminal.model.PendingSignIn;
import kith.terminal.plain.QrLines;
import kith.terminal.plain.Sanitizer;
import kith.terminal.plain.SignInLines;

/// Shows the page for approving a sign-in: its address, the code, and a QR code if it fits.
final class ApprovalView {
  private static final int TEXT = 44;
  private static final int NARROWEST_TEXT = 26;

  /// The colours of the QR code are the same in every theme, because cameras do not read all
  /// inverted codes.
  private static final CellStyle QR = new CellStyle(ANSI.BLACK, ANSI.WHITE_BRIGHT, Set.of());

  private ApprovalView() {}

  static void draw(Brush brush, PendingSignIn pending, Keymap map) {
    var size = brush.canvas().size();
    var code = QrLines.blocks(SignInLines.address(pending.begun()));
    int codeColumns = code.isEmpty() ? 0 : Graphemes.columns(code.getFirst());
    int beside = Math.min(TEXT, size.columns() - codeColumns - 6);
    boolean isBeside =
        !code.isEmpty() && beside >= NARROWEST_TEXT && size.rows() >= code.size() + 2;
    int wide = Math.min(TEXT + 16, size.columns() - 4);
    var text = text(pending, map, isBeside ? beside : wide);
    boolean isBelow =
        !isBeside
            && !code.isEmpty()
            && wide >= codeColumns
            && size.rows() >= text.size() + code.size() + 3;
    int columns = 4 + (isBeside ? beside + codeColumns + 1 : wide);
    int inner =
        isBeside
            ? Math.max(text.size(), code.size())
            : text.size() + (isBelow ? code.size() + 1 : 0);
    int rows = Math.min(size.rows(), inner + 2);
    int left = (size.columns() - columns) / 2;
    int top = (size.rows() - rows) / 2;
    brush.box(left, top, columns, rows, "Kith: sign in with " + Sanitizer.line(pending.provider()));
    for (int row = 0; row < Math.min(text.size(), rows - 2); row++)
      brush.row(left + 2, top + 1 + row, isBeside ? beside : wide, text.get(row));
    if (isBeside) code(brush, left + 2 + beside + 1, top + 1, code);
    else if (isBelow) code(brush, left + 2, top + 2 + text.size(), code);
    brush.canvas().noCursor();
  }

  private static void code(Brush brush, int column, int row, List<String> code) {
    for (int line = 0; line < code.size(); line++)
      brush.canvas().put(column, row + line, brush.canvas().size().columns(), code.get(line), QR);
  }

  private static List<Row> text(PendingSignIn pending, Keymap map, int columns) {
    var address = Sanitizer.line(SignInLines.address(pending.begun()));
    var rows = new ArrayList<Row>();
    rows.addAll(Wrap.rows(SignInLines.OPEN, Tone.PLAIN, columns));
    rows.addAll(Wrap.rows(List.of(List.of(new Span(address, Tone.LINK, 0, address))), columns));
    rows.addAll(Wrap.rows(SignInLines.COMPARE, Tone.PLAIN, columns));
    rows.addAll(Wrap.rows(Sanitizer.line(pending.begun().code()), Tone.STRONG, columns));
    rows.add(Row.of("", Tone.PLAIN));
    var status = pending.problem().isEmpty() ? SignInLines.WAITING : pending.problem();
    rows.addAll(Wrap.rows(Sanitizer.line(status), Tone.WAITING, columns));
    rows.add(Row.of("", Tone.PLAIN));
    rows.addAll(Wrap.rows(keys(map), Tone.QUIET, columns));
    return rows;
  }

  private static String keys(Keymap map) {
    return map.hint(Action.SEND)
        + " opens it in the browser of this computer · "
        + map.hint(Action.CANCEL)
        + " cancels · "
        + map.hint(Action.INTERRUPT)
        + " quits";
  }
}
