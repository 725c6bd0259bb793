package kith.node.feature.conversations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartState;

/// One of each type that conversations have in the journal of an account, with every field filled.
public final class ConversationExamples {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.125Z");
  static final ConversationRequest REQUEST =
      new ConversationRequest("m-1", "hello", NOON, NOON.plusSeconds(60));

  private ConversationExamples() {}

  public static List<AccountEvent> events() {
    return List.of(
        new ConversationEvent.ConversationBegan("dm-1", "bob"),
        new ConversationEvent.ConversationHidden("dm-1", 7));
  }

  /// Later than the first release.
  public static List<AccountEvent> laterEvents() {
    return List.of(
        new ConversationEvent.RequestPosted("dm-1", 2),
        new RequestEvent.RequestSent("bob", REQUEST),
        new RequestEvent.RequestWithdrawn("bob"),
        new RequestEvent.RequestTold("bob", "m-1", true),
        new RequestEvent.SentRequestSettled("bob"),
        new RequestEvent.RequestReceived("bob", REQUEST),
        new RequestEvent.RequestRecalled("bob"),
        new RequestEvent.RequestDeclined("bob", NOON, Optional.of("eve")),
        new RequestEvent.RequestAnswered("bob"),
        new RequestEvent.RequestsExpired(NOON));
  }

  public static PartState state() {
    return new ConversationList(Map.of("dm-1", new Conversation("dm-1", "bob", 7)));
  }

  public static PartState laterState() {
    return new ConversationList(
        Map.of("dm-1", new Conversation("dm-1", "bob", 7, OptionalLong.of(2))));
  }

  public static PartState requests() {
    return new RequestBook(
        Map.of("bob", new SentRequest(REQUEST, true, true)),
        Map.of("cem", REQUEST),
        Map.of("eve", NOON));
  }
}
