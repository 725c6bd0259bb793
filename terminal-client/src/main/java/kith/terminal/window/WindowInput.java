package kith.terminal.window;

import kith.terminal.update.Input;

/// An input of a window.
public sealed interface WindowInput {

  /// From the terminal or the clock.
  record OfTerminal(Input input) implements WindowInput {}

  /// From the connection, the calls or the files of one server.
  record OfSeat(int seat, Input input) implements WindowInput {}

  /// A server that was opened.
  ///
  /// @param isShown in front of the others
  record Opened(Window.Seat seat, boolean isShown) implements WindowInput {}

  /// A server that could not be opened because its files cannot be used. It stays in the list for
  /// the next start.
  record NotOpened(int seat, String sentence) implements WindowInput {}

  /// The login at a server is stored in a profile. Another seat with this profile is closed.
  record StoredLogin(int seat, String profile) implements WindowInput {}

  /// A frame is drawn next.
  record Frame() implements WindowInput {}
}
