package kith.terminal.runtime;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kith.terminal.net.Unreachable;

/// Opens links in the desktop's browser.
final class LinkOpener {
  private static final long TIMEOUT_SECONDS = 10;

  private LinkOpener() {}

  /// @param link begins with `http://` or `https://`, so it cannot be taken for an option
  static void open(String link) {
    var program = System.getProperty("os.name", "").startsWith("Mac") ? "open" : "xdg-open";
    try {
      var shown =
          new ProcessBuilder(List.of(program, link))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // a browser that keeps running in the foreground counts as opened
      if (shown.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) && shown.exitValue() != 0) {
        throw new Unreachable(program + " could not open " + link);
      }
    } catch (IOException fault) {
      throw new Unreachable(program + " is not installed, so it cannot open " + link);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }
}
