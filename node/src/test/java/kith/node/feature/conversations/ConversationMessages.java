package kith.node.feature.conversations;

import static kith.node.RemoteActors.elsewhere;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.node.feature.conversations.ConversationRooms.Initiator;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each message between nodes about conversations, with every field filled. Messages that a
/// release has sent do not change.
public final class ConversationMessages {
  private static final ConversationRequest REQUEST = ConversationExamples.REQUEST;
  private static final Initiator INITIATOR = new Initiator(Set.of("r1"), true);

  private ConversationMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    return List.of(
        new AccountConversations.Converse("dm-1", "bob", elsewhere(here, "answer")),
        new AccountConversations.Enrol("dm-1", "bob", Optional.empty(), elsewhere(here, "answer")),
        new AccountConversations.Enrol(
            "dm-1", "bob", Optional.of(INITIATOR), elsewhere(here, "answer")),
        new AccountConversations.MayBegin("bob", INITIATOR, elsewhere(here, "answer")),
        new AccountConversations.FirstMessageSettled(
            "dm-1", "bob", OptionalLong.of(2), elsewhere(here, "answer")),
        new AccountRequests.Send("bob", "hello", elsewhere(here, "sent")),
        new AccountRequests.End("bob", elsewhere(here, "answer")),
        new AccountRequests.Ask(elsewhere(here, "requests")),
        new AccountRequests.Tell("bob", "m-1", Optional.of(REQUEST)),
        new AccountRequests.Told("bob", "m-1", true),
        new AccountRequests.Sent(REQUEST),
        new AccountRequests.NotSent(Code.TOO_MANY_REQUESTS, OptionalLong.of(1500)),
        new AccountRequests.Requests(
            List.of(new RequestEntry("bob", RequestEntry.Kind.INCOMING, Optional.of(REQUEST))),
            true));
  }
}
