package kith.node.feature.conversations;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import kith.node.core.account.Memberships.Outcome;
import kith.node.core.account.TestRooms;
import kith.protocol.Code;
import kith.protocol.ConversationsFrom;

/// Conversations with every user except `nobody`. Each has seven entries.
///
/// @param closed users who accept a conversation only if they have asked for it
/// @param silent users whose accounts do not answer when a conversation with them is begun
/// @param posted the first messages of conversations
public record TestConversationRooms(
    TestRooms rooms,
    Set<String> closed,
    Set<String> silent,
    List<ConversationRooms.FirstMessage> posted)
    implements ConversationRooms {

  public TestConversationRooms(TestRooms rooms) {
    this(
        rooms,
        ConcurrentHashMap.newKeySet(),
        ConcurrentHashMap.newKeySet(),
        new CopyOnWriteArrayList<>());
  }

  public static ConversationSettings settings(int perAccount) {
    return settings(perAccount, ConversationsFrom.EVERYONE);
  }

  static ConversationSettings settings(int perAccount, ConversationsFrom from) {
    return new ConversationSettings(
        perAccount,
        from,
        new ConversationSettings.Requests(2, 2, Duration.ofDays(30), 2, Duration.ofDays(180)));
  }

  @Override
  public CompletionStage<Outcome> mayBegin(Beginning it) {
    return rooms.answer(() ->
        refusal(it)
            .<Outcome>map(Outcome.Refused::new)
            .orElseGet(() -> new Outcome.Done(Optional.empty())));
  }

  private Optional<Code> refusal(Beginning it) {
    if (it.with().equals("nobody")) return Optional.of(Code.UNKNOWN_USER);
    return closed.contains(it.with()) && !it.initiator().answersRequest()
        ? Optional.of(Code.REQUEST_REQUIRED)
        : Optional.empty();
  }

  @Override
  public CompletionStage<Outcome> converse(Beginning it) {
    return rooms.answer(() -> {
      if (silent.contains(it.with())) return new Outcome.Refused(Code.UNAVAILABLE);
      if (refusal(it).isPresent()) return new Outcome.Refused(refusal(it).get());
      rooms.enter(it.room(), it.user());
      rooms.enter(it.room(), it.with());
      for (var message : it.messages()) if (!posted.contains(message)) posted.add(message);
      return new Outcome.Done(Optional.empty());
    });
  }

  @Override
  public CompletionStage<Long> latest(String room, String user) {
    return rooms.answer(() -> 7L);
  }
}
