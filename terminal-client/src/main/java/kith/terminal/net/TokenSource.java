package kith.terminal.net;

/// Gives access tokens, refreshing them as needed. May block.
public interface TokenSource {

  sealed interface Answer {}

  record Token(String text) implements Answer {}

  /// Only a new login helps.
  record LogInAgain(String code, String message) implements Answer {}

  record NotNow(String reason) implements Answer {}

  /// A token to use now.
  ///
  /// @param refused the token at hand was refused: get another
  Answer token(boolean refused);
}
