package kith.node.core.account;

import static kith.node.core.account.AccountFixture.assertDone;
import static kith.node.core.account.AccountFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import kith.node.core.account.Account.Answer;
import kith.node.feature.conversations.Conversation;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountConversationsTest {
  private static final ActorTestKit KIT = AccountFixture.kit();

  private final AccountFixture ann = new AccountFixture(KIT);

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
    assertThat(ann.rooms.has("dm-bob", "bob")).isTrue();
    assertThat(kept("bob")).isEqualTo(new Conversation("dm-bob", "bob", 0));
  }

  @Test
  void whatBrokeOffHalfwayIsFinishedAfterARestart() {
    ann.rooms.hold();
    var probe = ann.<Answer>begins(it -> new Account.Converse("dm-bob", "bob", it));
    probe.expectNoMessage();

    ann.rooms.letGo();
    ann.account.restart();

    ann.eventually(() -> assertThat(ann.reads().rooms()).containsExactly("dm-bob"));
    assertThat(ann.rooms.has("dm-bob", "bob")).isTrue();
    assertThat(ann.account.getState().rooms().intents()).isEmpty();
  }

  @Test
  void withNobodyThereIsNone() {
    assertRefused(Code.UNKNOWN_USER, converses("nobody"));

    assertThat(ann.account.getState().people()).isEqualTo(People.NONE);
    assertThat(ann.reads().rooms()).isEmpty();
  }

  @Test
  void whatAnotherHasBegunIsThereAtOnceAlsoWhileOneBeginsItOneself() {
    ann.rooms.hold();
    var probe = ann.<Answer>begins(it -> new Account.Converse("dm-bob", "bob", it));

    assertDone(ann.<Answer>asks(it -> new Account.Enrol("dm-bob", "bob", it)));

    assertThat(ann.reads().rooms()).containsExactly("dm-bob");
    ann.rooms.letGo();
    assertDone(probe.receiveMessage());
  }

  @Test
  void whoHadNoPlaceForItIsAskedAgain() {
    converses("bob");
    ann.rooms.kick("dm-bob", "bob");

    assertDone(converses("bob"));

    assertThat(ann.rooms.has("dm-bob", "bob")).isTrue();
  }

  @Test
  void whatABlockedOneBeginsIsNotListedUntilTheyAreNotBlockedAnyMore() {
    assertDone(ann.<Answer>asks(it -> new Account.Block("bob", true, it)));
    assertDone(ann.<Answer>asks(it -> new Account.Enrol("dm-bob", "bob", it)));

    assertThat(ann.reads().rooms()).isEmpty();

    assertDone(ann.<Answer>asks(it -> new Account.Block("bob", false, it)));

    assertThat(ann.reads().rooms()).containsExactly("dm-bob");
  }

  @Test
  void whoLeavesPutsItOutOfSightAndWhoBeginsItAgainBringsItBack() {
    converses("bob");

    assertDone(ann.leaves("dm-bob"));

    assertThat(kept("bob").hiddenUpTo()).isEqualTo(7);
    assertThat(ann.reads().rooms()).containsExactly("dm-bob");

    assertDone(converses("bob"));

    assertThat(kept("bob").isHidden()).isFalse();
  }

  private Answer converses(String with) {
    return ann.asks(it -> new Account.Converse("dm-" + with, with, it));
  }

  private Conversation kept(String with) {
    return ann.account.getState().people().conversation("dm-" + with).orElseThrow();
  }
}
