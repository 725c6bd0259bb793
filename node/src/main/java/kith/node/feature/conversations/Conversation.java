package kith.node.feature.conversations;

/// A conversation in the list of one of its two users.
///
/// @param room its id is derived from the two user names
/// @param with the other user
/// @param hiddenUpTo the latest entry when the conversation was hidden; 0 if it is not hidden
public record Conversation(String room, String with, long hiddenUpTo) {
  public Conversation hidden(long upTo) {
    return new Conversation(room, with, upTo);
  }

  public boolean isHidden() {
    return hiddenUpTo > 0;
  }
}
