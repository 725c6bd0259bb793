package kith.terminal.runtime;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Terminal hyperlinks (OSC 8), and the terminals that support them.
final class Hyperlinks {
  private static final String END = "\u001b]8;;\u001b\\";

  private Hyperlinks() {}

  /// @param link empty to end a link
  static String sequence(String link) {
    // a terminal may interpret other characters
    boolean isPlain = link.chars().allMatch(unit -> unit > 0x20 && unit < 0x7f);
    if (link.isEmpty() || !isPlain) return END;
    // the same id joins the rows of a wrapped link
    return "\u001b]8;id=" + Integer.toHexString(link.hashCode()) + ";" + link + "\u001b\\";
  }

  /// Whether the terminal is known to support them. Other terminals ignore the sequence or print
  /// it.
  static boolean areSupported(Map<String, String> environment) {
    var terminal = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
    var program = environment.getOrDefault("TERM_PROGRAM", "").toLowerCase(Locale.ROOT);
    if (environment.containsKey("TMUX")) return isAtLeast(environment, "TERM_PROGRAM_VERSION", 3.4);
    return Stream.of("kitty", "foot", "alacritty", "ghostty", "wezterm")
            .anyMatch(terminal::contains)
        || Stream.of("iterm.app", "wezterm", "vscode", "ghostty", "rio").anyMatch(program::equals)
        || Stream.of("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION")
            .anyMatch(environment::containsKey)
        || isAtLeast(environment, "VTE_VERSION", 5000);
  }

  static boolean isAtLeast(Map<String, String> environment, String name, double least) {
    var version = environment.getOrDefault(name, "").replaceAll("[^0-9.].*$", "");
    return version.matches("\\d+(\\.\\d+)?") && Double.parseDouble(version) >= least;
  }
}
