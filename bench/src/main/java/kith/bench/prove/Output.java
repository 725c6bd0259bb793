package kith.bench.prove;

import java.io.PrintStream;
import java.util.Locale;

/// Prints lines for the operator.
final class Output {
  private final PrintStream out;

  Output(PrintStream out) {
    this.out = out;
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would need another library
  void println(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  /// Formats milliseconds of the run as minutes and seconds.
  static String time(long millis) {
    return String.format(Locale.ROOT, "%02d:%02d", millis / 60_000, millis / 1_000 % 60);
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }
}
