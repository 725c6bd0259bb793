package kith.terminal.runtime;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kith.terminal.net.Unreachable;

/// Opens links and files with the programs of the desktop.
final class DesktopOpener {
  private static final long TIMEOUT_SECONDS = 10;

  private DesktopOpener() {}

  /// Starts the program without a shell.
  ///
  /// @param what begins with `http://`, `https://` or `/`, so it cannot be taken for an option
  static void open(String what) {
    var program = System.getProperty("os.name", "").startsWith("Mac") ? "open" : "xdg-open";
    try {
      var shown =
          new ProcessBuilder(List.of(program, what))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // a program that keeps running in the foreground counts as opened
      if (shown.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) && shown.exitValue() != 0) {
        throw new Unreachable(program + " could not open " + what);
      }
    } catch (IOException fault) {
      throw new Unreachable(program + " is not installed, so it cannot open " + what);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }
}
