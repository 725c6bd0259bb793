package kith.node.feature.conversations;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.core.account.Memberships.Outcome;
import kith.node.core.account.TestRooms;
import kith.protocol.Code;

/// Conversations with every user except `nobody`. Each has seven entries.
public record TestConversationRooms(TestRooms rooms) implements ConversationRooms {
  @Override
  public CompletionStage<Outcome> converse(String room, String user, String with) {
    return rooms.answer(() -> {
      if (with.equals("nobody")) return new Outcome.Refused(Code.UNKNOWN_USER);
      rooms.enter(room, user);
      rooms.enter(room, with);
      return new Outcome.Done(Optional.empty());
    });
  }

  @Override
  public CompletionStage<Long> latest(String room, String user) {
    return rooms.answer(() -> 7L);
  }
}
