package kith.node.feature.conversations;

import static kith.node.RemoteActors.elsewhere;

import java.util.List;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each message between nodes about conversations, with every field filled. Messages that a
/// release has sent do not change.
public final class ConversationMessages {
  private ConversationMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    return List.of(
        new AccountConversations.Converse("dm-1", "bob", elsewhere(here, "answer")),
        new AccountConversations.Enrol("dm-1", "bob", elsewhere(here, "answer")));
  }
}
