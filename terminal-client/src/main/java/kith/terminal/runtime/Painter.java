package kith.terminal.runtime;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.terminal.Terminal;
import java.io.IOException;
import java.util.Optional;
import kith.terminal.view.Canvas;
import kith.terminal.view.Canvas.PlacedPicture;
import kith.terminal.view.Cell;
import kith.terminal.view.CellStyle;

/// Updates a terminal from the previous canvas to the next one, by the cells that differ.
///
/// Lanterna's screen layer does this too, but assumes two columns for each letter with a combining
/// mark. Here the canvas decides the width, and the cursor is set again wherever a terminal may
/// disagree.
final class Painter {
  private final Terminal terminal;
  private final boolean hasLinks;
  private final TerminalGraphics graphics;
  private Optional<Canvas> shown = Optional.empty();
  private Optional<PlacedPicture> shownPicture = Optional.empty();
  private CellStyle style = CellStyle.DEFAULT;
  private int column;
  private int row;

  /// @param hasLinks the terminal supports hyperlinks
  /// @param graphics how the terminal shows pictures
  Painter(Terminal terminal, boolean hasLinks, TerminalGraphics graphics) {
    this.terminal = terminal;
    this.hasLinks = hasLinks;
    this.graphics = graphics;
  }

  Painter(Terminal terminal, boolean hasLinks) {
    this(terminal, hasLinks, TerminalGraphics.none());
  }

  /// Paints the whole next canvas.
  void forget() {
    shown = Optional.empty();
  }

  void paint(Canvas canvas) throws IOException {
    var before = shown.filter(it -> it.size().equals(canvas.size()));
    terminal.resetColorAndSGR();
    style = CellStyle.DEFAULT;
    column = -1;
    boolean isNewPicture = before.isEmpty() || !canvas.picture().equals(shownPicture);
    if (isNewPicture) removePicture();
    if (before.isEmpty()) terminal.clearScreen();
    for (int y = 0; y < canvas.size().rows(); y++) paintRow(canvas, before, y);
    applyLink("");
    style = style.withoutLink();
    if (isNewPicture && canvas.picture().isPresent()) show(canvas.picture().get());
    shown = Optional.of(canvas);
    terminal.setCursorVisible(canvas.cursor().isPresent());
    if (canvas.cursor().isPresent()) {
      var place = canvas.cursor().get();
      terminal.setCursorPosition(place.column(), place.row());
    }
  }

  /// A terminal without the emoji of several code points shows their parts, in more columns than
  /// the canvas has for them. So the rest of the row is written again after each one that comes or
  /// goes.
  private void paintRow(Canvas canvas, Optional<Canvas> before, int y) throws IOException {
    boolean isCovered = false;
    for (int x = 0; x < canvas.size().columns(); x++) {
      var cell = canvas.at(x, y);
      int at = x;
      var old = before.map(it -> it.at(at, y));
      boolean isShown = old.filter(cell::equals).isPresent();
      if ((!isShown || isCovered) && !cell.isHidden()) put(cell, x, y);
      if (!isShown) isCovered |= isOfSeveral(cell) || old.filter(Painter::isOfSeveral).isPresent();
    }
  }

  private static boolean isOfSeveral(Cell cell) {
    var grapheme = cell.grapheme();
    return grapheme.length() > 1
        && grapheme.length() > Character.charCount(grapheme.codePointAt(0));
  }

  private void removePicture() throws IOException {
    var removal = shownPicture.isPresent() ? graphics.remove() : "";
    if (!removal.isEmpty()) terminal.putString(removal);
    shownPicture = Optional.empty();
  }

  /// Over its half blocks, once: it stays while the cells around it change.
  private void show(PlacedPicture picture) throws IOException {
    var sequence = graphics.show(picture);
    shownPicture = Optional.of(picture);
    if (sequence.isEmpty()) return;
    terminal.setCursorPosition(picture.column(), picture.row());
    terminal.putString(sequence);
    column = -1;
  }

  private void put(Cell cell, int x, int y) throws IOException {
    if (column != x || row != y) terminal.setCursorPosition(x, y);
    if (!style.equals(cell.style())) apply(cell.style());
    terminal.putString(cell.grapheme());
    boolean isCertain = cell.grapheme().length() == 1 && cell.grapheme().charAt(0) < 0x300;
    column = isCertain ? x + 1 : -1;
    row = y;
  }

  private void applyLink(String link) throws IOException {
    if (!hasLinks || style.link().equals(link)) return;
    terminal.putString(Hyperlinks.sequence(link));
  }

  private void apply(CellStyle next) throws IOException {
    terminal.resetColorAndSGR();
    if (next.foreground() != TextColor.ANSI.DEFAULT) terminal.setForegroundColor(next.foreground());
    if (next.background() != TextColor.ANSI.DEFAULT) terminal.setBackgroundColor(next.background());
    for (SGR weight : next.weights()) terminal.enableSGR(weight);
    applyLink(next.link());
    style = next;
  }
}
