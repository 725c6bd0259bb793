package kith.terminal.runtime;

import java.util.Map;

/// The terminals that are known to strike text through (SGR 9). Others ignore it, and a text would
/// then have the opposite meaning.
final class StrikeThrough {
  private StrikeThrough() {}

  /// tmux passes it to the outer terminal, and most terminals support it.
  static boolean isSupported(Map<String, String> environment) {
    if (environment.containsKey("TMUX"))
      return Hyperlinks.isAtLeast(environment, "TERM_PROGRAM_VERSION", 3.0);
    return Hyperlinks.areSupported(environment) || environment.containsKey("XTERM_VERSION");
  }
}
