package kith.node.feature.conversations;

import static kith.node.core.account.AccountFixture.assertDone;
import static kith.node.core.account.AccountFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.AccountFixture;
import kith.node.core.account.TestRooms;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountConversationsTest {
  private static final ActorTestKit KIT = AccountFixture.kit();

  private final TestRooms rooms = new TestRooms();
  private final TestConversationRooms others = new TestConversationRooms(rooms);
  private final AccountFixture ann =
      new AccountFixture(
          KIT, rooms, AccountConversations.part(others, TestConversationRooms.settings(2)));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void annHasAnAccount() {
    ann.signsUp();
  }

  @Test
  void aConversationIsARoomOfBoth() {
    assertDone(converses("bob"));

    assertThat(ann.reads().rooms()).containsExactly("dm-bob");
    assertThat(rooms.has("dm-bob", "bob")).isTrue();
    assertThat(kept("bob")).isEqualTo(new Conversation("dm-bob", "bob", 0));
  }

  @Test
  void anInterruptedBeginningIsFinishedAfterARestart() {
    others.silent().add("bob");
    assertRefused(Code.UNAVAILABLE, converses("bob"));

    others.silent().remove("bob");
    ann.restarts();

    ann.eventually(() -> assertThat(ann.reads().rooms()).containsExactly("dm-bob"));
    assertThat(rooms.has("dm-bob", "bob")).isTrue();
    assertThat(ann.state().isMember("dm-bob")).isTrue();
  }

  @Test
  void thereIsNoConversationWithAnUnknownUser() {
    assertRefused(Code.UNKNOWN_USER, converses("nobody"));

    assertThat(ConversationList.of(ann.state()).byRoom()).isEmpty();
    assertThat(ann.reads().rooms()).isEmpty();
  }

  @Test
  void aConversationBegunByBothAtOnceIsListedForBoth() {
    rooms.hold();
    var probe = ann.<Answer>begins(it -> new AccountConversations.Converse("dm-bob", "bob", it));

    assertDone(enrols("bob"));

    assertThat(ann.reads().rooms()).containsExactly("dm-bob");
    rooms.letGo();
    assertDone(probe.receiveMessage());
  }

  @Test
  void aConversationThatTheOtherUserIsBeginningIsAnsweredOnceItsRoomExists() {
    assertDone(enrols("bob"));
    rooms.hold();

    var probe = ann.<Answer>begins(it -> new AccountConversations.Converse("dm-bob", "bob", it));

    probe.expectNoMessage();
    rooms.letGo();
    assertDone(probe.receiveMessage());
    assertThat(rooms.has("dm-bob", "bob")).isTrue();
  }

  @Test
  void beginningAConversationAgainAsksTheOtherAccountAgain() {
    converses("bob");
    rooms.kick("dm-bob", "bob");

    assertDone(converses("bob"));

    assertThat(rooms.has("dm-bob", "bob")).isTrue();
  }

  @Test
  void aConversationBegunByABlockedUserIsHiddenUntilTheUserIsUnblocked() {
    assertDone(ann.blocks("bob", true));
    assertDone(enrols("bob"));

    assertThat(ann.reads().rooms()).isEmpty();

    assertDone(ann.blocks("bob", false));

    assertThat(ann.reads().rooms()).containsExactly("dm-bob");
  }

  @Test
  void leavingHidesAConversationAndBeginningItAgainBringsItBack() {
    converses("bob");

    assertDone(ann.leaves("dm-bob"));

    assertThat(kept("bob").hiddenUpTo()).isEqualTo(7);
    assertThat(ann.reads().rooms()).containsExactly("dm-bob");

    assertDone(converses("bob"));

    assertThat(kept("bob").isHidden()).isFalse();
  }

  @Test
  void noMoreConversationsThanTheBound() {
    converses("bob");
    converses("cem");

    assertRefused(Code.TOO_MANY_ROOMS, converses("dan"));
    assertDone(converses("bob"));
  }

  @Test
  void conversationsDoNotCountAsRooms() {
    converses("bob");
    converses("cem");
    for (var room : List.of("r1", "r2", "r3")) {
      rooms.make(room);
      assertDone(ann.joins(room));
    }

    rooms.make("r4");
    assertRefused(Code.TOO_MANY_ROOMS, ann.joins("r4"));
  }

  private Answer enrols(String by) {
    return ann.asks(it -> new AccountConversations.Enrol("dm-" + by, by, Optional.empty(), it));
  }

  private Answer converses(String with) {
    return ann.asks(it -> new AccountConversations.Converse("dm-" + with, with, it));
  }

  private Conversation kept(String with) {
    return ConversationList.of(ann.state()).in("dm-" + with).orElseThrow();
  }
}
