package kith.node.feature.conversations;

import java.time.Instant;
import kith.protocol.rest.People;

/// A request to begin a conversation.
///
/// @param id of the message that the text becomes when the conversation begins
/// @param text the first message
public record ConversationRequest(String id, String text, Instant at, Instant expires) {
  boolean isOver(Instant now) {
    return !now.isBefore(expires);
  }

  People.Request with(String user) {
    return new People.Request(user, text, at, expires);
  }
}
