package kith.terminal.runtime;

import kith.terminal.config.Conf;

/// The escape sequences with which terminals show notifications.
final class NotificationSequence {
  private static final String ESCAPE = "\u001b";
  private static final String END = "\u0007";

  private NotificationSequence() {}

  /// Empty if the way of notification is not a sequence.
  ///
  /// @param title without control characters
  /// @param text without control characters
  static String of(Conf.How how, String title, String text) {
    return switch (how) {
      case OSC9 -> ESCAPE + "]9;" + harmless(title + ": " + text) + END;
      case OSC777 -> ESCAPE + "]777;notify;" + title.replace(';', ',') + ";" + text + END;
      case BELL, OFF -> "";
    };
  }

  /// Some terminals interpret a number after `9;` as a command: 4 sets the progress bar, 6 runs a
  /// macro.
  private static String harmless(String text) {
    return Character.isLetter(text.codePointAt(0)) ? text : "Kith: " + text;
  }

  /// Passes a sequence through tmux, if tmux allows that.
  static String throughTmux(String sequence) {
    return ESCAPE + "Ptmux;" + ESCAPE + sequence + ESCAPE + "\\";
  }
}
