package kith.terminal.command;

/// The exit codes.
final class Exit {
  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;
  static final int LOG_IN = 4;
  static final int BROKEN = 5;

  /// For `--help`.
  static final String LIST_0 = "0:done";

  static final String LIST_1 = "1:refused by the server; the reason is on stderr";
  static final String LIST_2 = "2:not understood";
  static final String LIST_3 = "3:no server answers, or not in time; trying again is safe";
  static final String LIST_4 = "4:not logged in (any more)";
  static final String LIST_5 = "5:a file here cannot be read or written";

  private Exit() {}
}
