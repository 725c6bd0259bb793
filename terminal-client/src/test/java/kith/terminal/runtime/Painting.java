package kith.terminal.runtime;

import com.googlecode.lanterna.terminal.Terminal;
import java.io.IOException;
import kith.terminal.view.Canvas;

/// Paints for tests of other packages.
public final class Painting {
  private Painting() {}

  public static void paint(Terminal terminal, Canvas canvas) throws IOException {
    new Painter(terminal, false).paint(canvas);
  }
}
