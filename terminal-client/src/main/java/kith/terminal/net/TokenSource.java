package kith.terminal.net;

/// Supplies access tokens and refreshes them as needed. May block.
public interface TokenSource {

  sealed interface Answer {}

  record Token(String text) implements Answer {}

  /// The user must log in again.
  record LogInAgain(String code, String message) implements Answer {}

  record NotNow(String reason) implements Answer {}

  /// @param refused the current token was refused, so a new one is needed
  Answer token(boolean refused);
}
