package kith.node.core.relay;

import static kith.node.core.room.RoomHistory.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import kith.node.LocalActors;
import kith.node.core.relay.RoomRelay.Open;
import kith.node.core.relay.RoomRelay.ToSession;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PendingJoinsTest {
  private static final ActorTestKit KIT = LocalActors.create();

  private final ActorRef<ToSession> phone = KIT.<ToSession>createTestProbe().ref();
  private final ActorRef<ToSession> laptop = KIT.<ToSession>createTestProbe().ref();
  private final PendingJoins openings = new PendingJoins();

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void allSessionsOfAUserWaitForOneAnswer() {
    assertThat(openings.add(open("ann", phone), NOW)).isTrue();
    assertThat(openings.add(open("ann", laptop), NOW)).isFalse();

    assertThat(openings.answered("ann")).containsExactly(open("ann", phone), open("ann", laptop));
    assertThat(openings.isEmpty()).isTrue();
    assertThat(openings.answered("ann")).isEmpty();
  }

  @Test
  void aSessionThatAsksAgainWaitsOnce() {
    openings.add(open("ann", phone), NOW);
    openings.add(open("ann", phone), NOW);

    assertThat(openings.all()).hasSize(1);
  }

  @Test
  void aUserWithoutWaitingSessionsIsRemoved() {
    openings.add(open("ann", phone), NOW);
    openings.add(open("bob", laptop), NOW);

    openings.forget(phone);

    assertThat(openings.users()).containsExactly("bob");
  }

  @Test
  void aSessionWaitsOnlyUntilItsDeadline() {
    openings.add(open("ann", phone), NOW);
    openings.add(open("ann", laptop), NOW.plusSeconds(1));

    assertThat(openings.expired(NOW.minusMillis(1))).isEmpty();
    assertThat(openings.expired(NOW)).containsExactly(open("ann", phone));
    assertThat(openings.all()).containsExactly(open("ann", laptop));
  }

  private static Open open(String user, ActorRef<ToSession> session) {
    return new Open(user, session);
  }
}
