package kith.node.feature.conversations;

import java.util.OptionalLong;

/// A conversation in the list of one of its two users.
///
/// @param room its id is derived from the two user names
/// @param with the other user
/// @param hiddenUpTo the latest entry when the conversation was hidden; 0 if it is not hidden
/// @param requested the entry with this user's request; no session has posted it, and its author
///   has read it
public record Conversation(String room, String with, long hiddenUpTo, OptionalLong requested) {
  public Conversation(String room, String with, long hiddenUpTo) {
    this(room, with, hiddenUpTo, OptionalLong.empty());
  }

  public Conversation hidden(long upTo) {
    return new Conversation(room, with, upTo, requested);
  }

  Conversation requested(long seq) {
    return new Conversation(room, with, hiddenUpTo, OptionalLong.of(seq));
  }

  public boolean isHidden() {
    return hiddenUpTo > 0;
  }
}
