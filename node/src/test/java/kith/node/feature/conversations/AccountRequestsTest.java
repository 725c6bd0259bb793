package kith.node.feature.conversations;

import static kith.node.core.account.AccountFixture.assertDone;
import static kith.node.core.account.AccountFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.AccountFixture;
import kith.node.core.account.TestRooms;
import kith.node.feature.conversations.AccountRequests.SendReply;
import kith.node.feature.conversations.ConversationRooms.FirstMessage;
import kith.node.feature.conversations.ConversationRooms.Initiator;
import kith.node.feature.conversations.RequestEntry.Kind;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.ConversationsFrom;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ann's account, and messages from and to the accounts of others.
class AccountRequestsTest {
  private static final ActorTestKit KIT = AccountFixture.kit(ManualTime.config());
  private static final ManualTime TIME = ManualTime.get(KIT.system());

  private final TestRooms rooms = new TestRooms();
  private final TestConversationRooms others = new TestConversationRooms(rooms);
  private final AccountFixture ann =
      new AccountFixture(
          KIT,
          rooms,
          AccountConversations.part(
              others, TestConversationRooms.settings(10, ConversationsFrom.ROOMS)),
          AccountRequests.part(
              TestConversationRooms.settings(10, ConversationsFrom.ROOMS).requests()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void annHasAnAccount() {
    ann.signsUp();
  }

  // who may begin

  @Test
  void aStrangerNeedsARequest() {
    assertRefused(Code.REQUEST_REQUIRED, enrols("bob", Set.of(), false));
    assertThat(ConversationList.of(ann.state()).byRoom()).isEmpty();
  }

  @Test
  void aUserWhoSharesARoomMayBegin() {
    rooms.make("r1");
    assertDone(ann.joins("r1"));

    assertRefused(Code.REQUEST_REQUIRED, enrols("bob", Set.of("r2"), false));
    assertDone(enrols("bob", Set.of("r1", "r2"), false));
  }

  @Test
  void aConversationIsNotASharedRoom() {
    others.closed().add("bob");
    assertDone(enrols("cem", Set.of(), true));
    var room = room("cem");

    assertRefused(Code.REQUEST_REQUIRED, enrols("bob", Set.of(room), false));
  }

  @Test
  void aBlockedUserGetsTheSameAnswersAsOthers() {
    assertDone(ann.blocks("bob", true));
    rooms.make("r1");
    assertDone(ann.joins("r1"));

    assertRefused(Code.REQUEST_REQUIRED, enrols("bob", Set.of(), false));
    assertDone(enrols("bob", Set.of("r1"), false));
  }

  @Test
  void aRefusedBeginningLeavesNothingInTheJournal() {
    others.closed().add("bob");
    var before = ann.state();

    assertRefused(Code.REQUEST_REQUIRED, converses("bob"));

    assertThat(ann.state()).isSameAs(before);
  }

  @Test
  void aUserWhomTheAccountHasAskedMayBegin() {
    sends("bob", "hello");

    assertDone(enrols("bob", Set.of(), false));
  }

  // sending

  @Test
  void aRequestIsStoredBeforeItIsDelivered() {
    var request = sent(sends("bob", "hello"));

    assertThat(ann.told.get("bob"))
        .isEqualTo(new AccountRequests.Tell(ann.user, request.id(), Optional.of(request)));
    assertThat(shown())
        .containsExactly(new RequestEntry("bob", Kind.OUTGOING, Optional.of(request)));
  }

  @Test
  void aRepeatedRequestIsTheSame() {
    var first = sent(sends("bob", "hello"));

    assertThat(sent(sends("bob", "are you there?"))).isEqualTo(first);
  }

  @Test
  void anUnconfirmedRequestIsDeliveredAgainAfterARestart() {
    var request = sent(sends("bob", "hello"));
    ann.told.clear();

    ann.restarts();

    ann.eventually(() ->
        assertThat(ann.told.get("bob"))
            .isEqualTo(new AccountRequests.Tell(ann.user, request.id(), Optional.of(request))));
    ann.tells(new AccountRequests.Told("bob", request.id(), false));
    ann.told.clear();
    ann.restarts();
    ann.reads();
    assertThat(ann.told).isEmpty();
  }

  @Test
  void noMoreRequestsThanTheBound() {
    sends("bob", "hello");
    sends("cem", "hello");

    assertThat(sends("dan", "hello"))
        .isInstanceOfSatisfying(
            AccountRequests.NotSent.class,
            it -> {
              assertThat(it.code()).isEqualTo(Code.TOO_MANY_REQUESTS);
              assertThat(it.retryAfterMillis().orElseThrow()).isPositive();
            });
  }

  @Test
  void aWithdrawnRequestIsRecalledAndCannotBeSentAgainAtOnce() {
    var request = sent(sends("bob", "hello"));

    assertDone(ends("bob"));

    assertThat(shown()).isEmpty();
    assertThat(ann.told.get("bob"))
        .isEqualTo(new AccountRequests.Tell(ann.user, request.id(), Optional.empty()));
    assertThat(sends("bob", "hello again")).isInstanceOf(AccountRequests.NotSent.class);
  }

  @Test
  void theAcceptedRequestIsRemovedOnceItIsAMessage() {
    sends("bob", "hello");
    assertDone(enrols("bob", Set.of(), true));
    assertThat(shown()).as("there is a conversation").isEmpty();
    assertThat(RequestBook.of(ann.state()).sent()).containsKey("bob");

    assertDone(
        ann.<Answer>asks(it ->
            new AccountConversations.FirstMessageSettled(
                room("bob"), "bob", OptionalLong.of(2), it)));

    assertThat(RequestBook.of(ann.state()).sent()).isEmpty();
    assertThat(ConversationList.of(ann.state()).in(room("bob")).orElseThrow().requested())
        .hasValue(2);
  }

  @Test
  void aRequestThatCrossesABeginningIsPosted() {
    var request = sent(sends("bob", "hello"));

    assertDone(enrols("bob", Set.of(), false));

    ann.eventually(() ->
        assertThat(others.posted())
            .containsExactly(new FirstMessage(ann.user, request.id(), "hello")));
  }

  @Test
  void aRequestThatTheRoomDidNotTakeIsPostedWhenItIsConfirmed() {
    var request = sent(sends("bob", "hello"));
    others.silent().add("bob");
    assertDone(enrols("bob", Set.of(), false));
    waitsForTheRefusal();
    others.silent().clear();

    ann.tells(new AccountRequests.Told("bob", request.id(), false));

    ann.eventually(() ->
        assertThat(others.posted())
            .containsExactly(new FirstMessage(ann.user, request.id(), "hello")));
  }

  @Test
  void aRequestThatTheRoomDidNotTakeIsPostedAfterAnInterval() {
    var request = sent(sends("bob", "hello"));
    others.silent().add("bob");
    assertDone(enrols("bob", Set.of(), false));
    waitsForTheRefusal();
    TIME.timePasses(Intervals.ROOM_RETRY);
    waitsForTheRefusal();
    others.silent().clear();

    TIME.timePasses(Intervals.ROOM_RETRY);

    ann.eventually(() ->
        assertThat(others.posted())
            .containsExactly(new FirstMessage(ann.user, request.id(), "hello")));
  }

  /// The account begins the conversation in a message to itself, and the refusal is another one:
  /// each comes before the answer to a question that is asked after it.
  private void waitsForTheRefusal() {
    for (var n = 0; n < 3; n++) ann.reads();
  }

  @Test
  void aDeclinedRequestIsNotPostedWhenTheOtherBegins() {
    var request = sent(sends("bob", "hello"));
    ann.tells(new AccountRequests.Told("bob", request.id(), false));

    assertDone(enrols("bob", Set.of(), false));

    assertThat(RequestBook.of(ann.state()).sent()).isEmpty();
    assertDone(converses("bob"));
    assertThat(others.posted()).isEmpty();
  }

  // receiving

  @Test
  void aReceivedRequestIsShownLiveAndConfirmed() {
    TestProbe<Object> session = KIT.createTestProbe();
    ann.attachesLive(ann.logsIn().device(), session);
    session.receiveMessage();
    var request = request("m-1");

    receives("bob", request);

    assertThat(session.receiveMessage())
        .isEqualTo(
            new AccountRequests.Requests(
                List.of(new RequestEntry("bob", Kind.INCOMING, Optional.of(request))), false));
    assertThat(ann.told.get("bob")).isEqualTo(new AccountRequests.Told(ann.user, "m-1", false));
  }

  @Test
  void acceptingARequestBeginsTheConversationWithItsText() {
    others.closed().add("bob");
    receives("bob", request("m-1"));

    assertDone(converses("bob"));

    assertThat(others.posted()).containsExactly(new FirstMessage("bob", "m-1", "hello"));
    assertThat(ann.reads().rooms()).containsExactly(room("bob"));
    ann.eventually(() -> assertThat(RequestBook.of(ann.state()).received()).isEmpty());
  }

  @Test
  void anInterruptedAcceptanceIsFinishedAfterARestart() {
    receives("bob", request("m-1"));
    rooms.loseAnswers(true);
    assertRefused(Code.UNAVAILABLE, converses("bob"));
    rooms.loseAnswers(false);

    assertDone(converses("bob"));
    rooms.hold();
    receives("cem", request("m-2"));
    var probe = ann.<Answer>begins(it -> new AccountConversations.Converse(room("cem"), "cem", it));
    probe.expectNoMessage();
    ann.restarts();
    rooms.letGo();

    assertDone(converses("cem"));
    assertThat(others.posted())
        .containsExactly(
            new FirstMessage("bob", "m-1", "hello"), new FirstMessage("cem", "m-2", "hello"));
  }

  @Test
  void aRequestThatCrossesAnUnansweredBeginningIsAccepted() {
    others.silent().add("bob");
    assertRefused(Code.UNAVAILABLE, converses("bob"));
    others.closed().add("bob");

    receives("bob", request("m-1"));
    assertThat(shown()).as("there is a conversation").isEmpty();
    others.silent().clear();
    TIME.timePasses(Intervals.ROOM_RETRY);

    ann.eventually(
        () -> assertThat(others.posted()).containsExactly(new FirstMessage("bob", "m-1", "hello")));
    ann.eventually(() -> assertThat(RequestBook.of(ann.state()).received()).isEmpty());
  }

  @Test
  void aDeclinedRequestIsRemovedAndItsSenderIsNotNotified() {
    receives("bob", request("m-1"));
    ann.told.clear();

    assertDone(ends("bob"));

    assertThat(shown()).isEmpty();
    assertThat(ann.told).isEmpty();
    receives("bob", request("m-2"));
    assertThat(shown()).isEmpty();
    assertThat(ann.told.get("bob"))
        .as("confirmed like any other")
        .isEqualTo(new AccountRequests.Told(ann.user, "m-2", false));
  }

  @Test
  void aBlockedUsersRequestIsRemoved() {
    assertDone(ann.blocks("bob", true));

    receives("bob", request("m-1"));

    assertThat(RequestBook.of(ann.state()).received()).isEmpty();
    assertThat(ann.told.get("bob")).isEqualTo(new AccountRequests.Told(ann.user, "m-1", false));
  }

  @Test
  void requestsBeyondTheBoundAreNotConfirmed() {
    receives("bob", request("m-1"));
    receives("cem", request("m-2"));

    receives("dan", request("m-3"));

    assertThat(ann.told).doesNotContainKey("dan");
    assertDone(ends("bob"));
    receives("dan", request("m-3"));
    assertThat(ann.told).containsKey("dan");
  }

  @Test
  void requestsOfBothBeginTheConversation() {
    var sent = sent(sends("bob", "hi"));

    receives("bob", request("m-1"));

    ann.eventually(() ->
        assertThat(others.posted())
            .containsExactly(
                new FirstMessage("bob", "m-1", "hello"),
                new FirstMessage(ann.user, sent.id(), "hi")));
    ann.eventually(() -> assertThat(ann.reads().rooms()).containsExactly(room("bob")));
  }

  @Test
  void aDeletedAccountWithdrawsItsRequests() {
    var request = sent(sends("bob", "hello"));
    ann.told.clear();

    assertDone(ann.deletesItself());

    assertThat(ann.told.get("bob"))
        .isEqualTo(new AccountRequests.Tell(ann.user, request.id(), Optional.empty()));
    ann.tells(new AccountRequests.Told("bob", request.id(), true));
    assertThat(RequestBook.of(ann.state()).untold(Instant.EPOCH)).isEmpty();
  }

  /// With the highest bounds of `kith.conversations.requests`, and the longest texts and names.
  @Test
  void allRequestsOfAnAccountFitIntoOneMessageBetweenNodes() {
    var now = Instant.parse("2026-11-21T12:00:00.123456Z");
    var id = UUID.randomUUID().toString();
    var request =
        new ConversationRequest(id, "😀".repeat(500), now, now.plusSeconds(1_000_000_000));
    var entry = new RequestEntry("u".repeat(32), Kind.INCOMING, Optional.of(request));
    var all = new AccountRequests.Requests(Collections.nCopies(200 + 200, entry), true);

    var bytes = SerializationExtension.get(KIT.system().classicSystem()).serialize(all).get();

    assertThat(bytes).hasSizeLessThan(1 << 20);
  }

  private static ConversationRequest request(String id) {
    var now = Instant.parse("2026-11-21T12:00:00Z");
    return new ConversationRequest(id, "hello", now, now.plusSeconds(1_000_000_000));
  }

  private void receives(String from, ConversationRequest request) {
    ann.tells(new AccountRequests.Tell(from, request.id(), Optional.of(request)));
  }

  private SendReply sends(String user, String text) {
    return ann.asks(it -> new AccountRequests.Send(user, text, it));
  }

  private static ConversationRequest sent(SendReply reply) {
    return ((AccountRequests.Sent) reply).request();
  }

  private Answer ends(String user) {
    return ann.asks(it -> new AccountRequests.End(user, it));
  }

  private List<RequestEntry> shown() {
    return ann.<AccountRequests.Requests>asks(AccountRequests.Ask::new).entries();
  }

  private Answer enrols(String by, Set<String> shared, boolean answersRequest) {
    return ann.asks(it ->
        new AccountConversations.Enrol(
            room(by), by, Optional.of(new Initiator(shared, answersRequest)), it));
  }

  private Answer converses(String with) {
    return ann.asks(it -> new AccountConversations.Converse(room(with), with, it));
  }

  private String room(String with) {
    return Conversations.id(ann.user, with);
  }
}
