package kith.bench.prove;

import java.io.PrintStream;
import java.util.Locale;

/// Where the lines for the operator go.
final class Announcer {
  private final PrintStream out;

  Announcer(PrintStream out) {
    this.out = out;
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a library more
  void line(String words, Object... values) {
    out.println(String.format(Locale.ROOT, words, values));
    out.flush();
  }

  /// Milliseconds of the run as minutes and seconds.
  static String time(long millis) {
    return String.format(Locale.ROOT, "%02d:%02d", millis / 60_000, millis / 1_000 % 60);
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }
}
