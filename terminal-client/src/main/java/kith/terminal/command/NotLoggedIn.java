package kith.terminal.command;

/// There is no stored login and no way to ask for one.
final class NotLoggedIn extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotLoggedIn(String sentence) {
    super(sentence);
  }
}
