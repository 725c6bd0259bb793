package kith.node.feature.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kith.node.feature.conversations.ConversationRooms.FirstMessage;
import kith.node.feature.conversations.RequestEntry.Kind;
import kith.node.feature.conversations.RequestEvent.RequestReceived;
import org.junit.jupiter.api.Test;

/// Decisions about requests, by the events before.
class RequestBookTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final Duration DECLINED_FOR = Duration.ofDays(180);
  private static final ConversationSettings.Requests BOUNDS =
      new ConversationSettings.Requests(2, 2, LIFETIME, 2, DECLINED_FOR);

  private RequestBook book = RequestBook.KEY.none();

  @Test
  void oneRequestToAUserIsOpenAtATime() {
    after(new RequestEvent.RequestSent("bob", request("m-1", NOON)));

    assertThat(book.whyNotSend("bob", BOUNDS, NOON)).hasValue(NOON.plus(LIFETIME));
    assertThat(book.whyNotSend("bob", BOUNDS, NOON.plus(LIFETIME))).isEmpty();
    assertThat(book.whyNotSend("cem", BOUNDS, NOON)).isEmpty();
  }

  @Test
  void aWithdrawnRequestCountsUntilItWouldHaveExpired() {
    after(
        new RequestEvent.RequestSent("bob", request("m-1", NOON)),
        new RequestEvent.RequestWithdrawn("bob"));

    assertThat(book.sentTo("bob", NOON)).isEmpty();
    assertThat(book.sent())
        .hasEntrySatisfying("bob", it -> assertThat(it.request().text()).isEmpty());
    assertThat(book.whyNotSend("bob", BOUNDS, NOON)).hasValue(NOON.plus(LIFETIME));
  }

  @Test
  void anAccountHasABoundOfOpenRequests() {
    var later = NOON.plusSeconds(60);
    after(
        new RequestEvent.RequestSent("bob", request("m-1", NOON)),
        new RequestEvent.RequestSent("cem", request("m-2", later)));

    assertThat(book.whyNotSend("dan", BOUNDS, later)).hasValue(NOON.plus(LIFETIME));
    assertThat(book.whyNotSend("dan", BOUNDS, NOON.plus(LIFETIME))).isEmpty();
  }

  @Test
  void requestsOfIgnoredUsersAreDroppedAndConfirmed() {
    assertThat(receive("eve", request("m-1", NOON), Set.of("eve"))).hasValue(List.of());
  }

  @Test
  void aDeclinedUserIsDroppedForSomeTime() {
    after(new RequestReceived("eve", request("m-1", NOON)), book.decline("eve", BOUNDS, NOON));

    assertThat(book.received()).isEmpty();
    assertThat(receive("eve", request("m-2", NOON.plus(LIFETIME)), Set.of())).hasValue(List.of());
    var later = request("m-3", NOON.plus(DECLINED_FOR));
    assertThat(receive("eve", later, Set.of()))
        .hasValue(List.of(new RequestReceived("eve", later)));
  }

  @Test
  void theFirstOfTooManyDeclinedUsersIsRemoved() {
    after(book.decline("ann", BOUNDS, NOON));
    after(book.decline("bob", BOUNDS, NOON.plusSeconds(1)));
    after(book.decline("cem", BOUNDS, NOON.plusSeconds(2)));

    assertThat(book.declined()).containsOnlyKeys("bob", "cem");
  }

  @Test
  void aRequestBeyondTheBoundWaitsUntilThereIsRoom() {
    after(
        new RequestReceived("bob", request("m-1", NOON)),
        new RequestReceived("cem", request("m-2", NOON)));
    var third = request("m-3", NOON);

    assertThat(receive("dan", third, Set.of())).isEmpty();
    assertThat(receive("dan", third, Set.of("cem"))).as("a blocked user needs no room").isPresent();

    after(new RequestEvent.RequestRecalled("bob"));

    assertThat(receive("dan", third, Set.of())).isPresent();
  }

  @Test
  void aRepeatedRequestChangesNothing() {
    var request = request("m-1", NOON);
    after(new RequestReceived("bob", request));

    assertThat(receive("bob", request, Set.of())).hasValue(List.of());
  }

  @Test
  void anOldRecallDoesNotRemoveALaterRequest() {
    after(new RequestReceived("bob", request("m-2", NOON)));

    assertThat(book.decideRecall("bob", "m-1")).isEmpty();
    assertThat(book.decideRecall("bob", "m-2")).hasSize(1);
  }

  @Test
  void anOldConfirmationDoesNotConfirmAWithdrawal() {
    after(
        new RequestEvent.RequestSent("bob", request("m-1", NOON)),
        new RequestEvent.RequestWithdrawn("bob"),
        new RequestEvent.RequestTold("bob", "m-1", false));

    assertThat(book.untold(NOON)).containsExactly("bob");

    after(new RequestEvent.RequestTold("bob", "m-1", true));

    assertThat(book.untold(NOON)).isEmpty();
  }

  @Test
  void expiredRequestsAreNeitherShownNorAccepted() {
    after(
        new RequestReceived("bob", request("m-1", NOON)),
        new RequestEvent.RequestSent("cem", request("m-2", NOON)));
    var late = NOON.plus(LIFETIME);

    assertThat(book.entries(_ -> false, Set.of(), NOON)).containsOnlyKeys("bob", "cem");
    assertThat(book.entries(_ -> false, Set.of(), late)).isEmpty();
    assertThat(book.receivedFrom("bob", Set.of(), late)).isEmpty();
    assertThat(book.firstMessages("ann", "bob", Set.of(), late)).isEmpty();
    assertThat(book.expired(late)).isEqualTo(RequestBook.KEY.none());
  }

  @Test
  void requestsOfBothAreTheFirstMessages() {
    after(
        new RequestReceived("bob", request("m-1", NOON)),
        new RequestEvent.RequestSent("bob", request("m-2", NOON)));

    assertThat(book.firstMessages("ann", "bob", Set.of(), NOON))
        .containsExactly(
            new FirstMessage("bob", "m-1", "hello"), new FirstMessage("ann", "m-2", "hello"));
    assertThat(book.firstMessages("ann", "bob", Set.of("bob"), NOON))
        .containsExactly(new FirstMessage("ann", "m-2", "hello"));
  }

  @Test
  void aBlockedUsersRequestIsNotShown() {
    after(new RequestReceived("eve", request("m-1", NOON)));

    assertThat(book.entries("eve"::equals, Set.of(), NOON)).isEmpty();
    assertThat(book.entries(_ -> false, Set.of(), NOON))
        .hasEntrySatisfying("eve", it -> assertThat(it.kind()).isEqualTo(Kind.INCOMING));
  }

  @Test
  void aDeletedAccountKeepsOnlyTheWithdrawals() {
    after(
        new RequestReceived("bob", request("m-1", NOON)),
        new RequestEvent.RequestSent("cem", request("m-2", NOON)),
        new RequestEvent.RequestTold("cem", "m-2", false),
        book.decline("eve", BOUNDS, NOON));

    var rest = book.accountDeleted();

    assertThat(rest.received()).isEmpty();
    assertThat(rest.declined()).isEmpty();
    assertThat(rest.untold(NOON)).containsExactly("cem");
    assertThat(rest.sent())
        .isEqualTo(
            Map.of(
                "cem",
                new SentRequest(
                    new ConversationRequest("m-2", "", NOON, NOON.plus(LIFETIME)), true, false)));
  }

  private static ConversationRequest request(String id, Instant at) {
    return new ConversationRequest(id, "hello", at, at.plus(LIFETIME));
  }

  private Optional<List<RequestEvent>> receive(
      String from, ConversationRequest request, Set<String> ignored) {
    return book.decideReceive(from, request, ignored::contains, BOUNDS, request.at());
  }

  private void after(RequestEvent... events) {
    book = Stream.of(events).reduce(book, (it, event) -> event.applyTo(it), (_, last) -> last);
  }
}
