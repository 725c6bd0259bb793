package kith.node.feature.conversations;

/// A conversation as one of the two has it.
///
/// @param room whose id follows from the two
/// @param with the other one
/// @param hiddenUpTo the latest entry when it was put out of sight, until something comes; else 0
public record Conversation(String room, String with, long hiddenUpTo) {
  public Conversation hidden(long upTo) {
    return new Conversation(room, with, upTo);
  }

  public boolean isHidden() {
    return hiddenUpTo > 0;
  }
}
