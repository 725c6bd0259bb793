package kith.node.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kith.node.LocalActors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FactLookupsTest {
  private static final ActorTestKit KIT = LocalActors.create();

  private final ActorRef<Room.ToRelay> relay = KIT.<Room.ToRelay>createTestProbe().ref();
  private final ActorRef<Room.ToRelay> other = KIT.<Room.ToRelay>createTestProbe().ref();
  private final FactLookups lookUps = new FactLookups();

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void batchesAreLookedUpOneAtATime() {
    assertThat(lookUps.add(batch(1, relay))).contains(batch(1, relay));
    assertThat(lookUps.add(batch(1, other))).isEmpty();

    assertThat(lookUps.next()).contains(batch(1, other));
    assertThat(lookUps.next()).isEmpty();
    assertThat(lookUps.add(batch(2, relay))).contains(batch(2, relay));
  }

  @Test
  void aBatchRetriedDuringItsLookUpIsNotLookedUpTwice() {
    lookUps.add(batch(1, relay));

    assertThat(lookUps.add(batch(1, relay))).isEmpty();

    assertThat(lookUps.next()).isEmpty();
  }

  @Test
  void onlyTheLatestBatchOfEachRelayWaits() {
    lookUps.add(batch(1, relay));
    lookUps.add(batch(1, other));
    for (var number = 2; number < 50; number++) lookUps.add(batch(number, relay));

    assertThat(lookUps.next()).contains(batch(1, other));
    assertThat(lookUps.next()).contains(batch(49, relay));
    assertThat(lookUps.next()).isEmpty();
  }

  private static Room.Batch batch(long number, ActorRef<Room.ToRelay> relay) {
    return new Room.Batch(number, List.of(), relay);
  }
}
