package kith.node.feature.conversations;

import java.util.List;
import java.util.Map;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartState;

/// One of each type that conversations have in the journal of an account, with every field filled.
public final class ConversationExamples {
  private ConversationExamples() {}

  public static List<AccountEvent> events() {
    return List.of(
        new ConversationEvent.ConversationBegan("dm-1", "bob"),
        new ConversationEvent.ConversationHidden("dm-1", 7));
  }

  public static PartState state() {
    return new ConversationList(Map.of("dm-1", new Conversation("dm-1", "bob", 7)));
  }
}
