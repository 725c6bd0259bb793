package kith.terminal.plain;

/// The programs of this machine that line mode starts for the user.
public interface Desktop {

  /// Opens a link or a file. Throws `Unreachable` if that is impossible.
  ///
  /// @param what begins with `http://`, `https://` or `/`
  void open(String what);

  /// Runs the user's editor on the terminal until it exits. Throws `Unreachable` if the text cannot
  /// be used.
  ///
  /// @return the edited text
  String edit(String text);
}
