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
  static final String LIST_2 = "2:invalid arguments";
  static final String LIST_3 = "3:no server answered in time; a retry is safe";
  static final String LIST_4 = "4:not logged in, or the login has ended";
  static final String LIST_5 = "5:a local file or standard output cannot be read or written";

  private Exit() {}
}
