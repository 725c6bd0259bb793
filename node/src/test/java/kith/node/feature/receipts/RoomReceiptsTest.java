package kith.node.feature.receipts;

import static kith.node.core.room.RoomFixture.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import kith.node.core.room.Room;
import kith.node.core.room.RoomFixture;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ShownTo;
import kith.protocol.Visibility;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RoomFixture.LOCK)
class RoomReceiptsTest {
  private final List<Receipt> kept = new CopyOnWriteArrayList<>();
  private final RoomFixture room =
      new RoomFixture()
          .with(RoomReceipts.factory(_ -> CompletableFuture.completedFuture(kept), 4))
          .wake();
  private final TestProbe<Room.ToRelay> relay = room.relay;

  @AfterEach
  void stop() {
    room.stop();
  }

  @Test
  void aNewerPolicyIsNotReplacedByAStoredOne() {
    room.isMade(Visibility.PUBLIC);
    assertThat(room.join("bob")).isInstanceOf(Room.Done.class);
    kept.add(new Receipt("bob", 1, 1, terms(ShownTo.EVERYONE, 1)));
    room.attach(relay, 2);
    room.tell(new RoomReceipts.Report(List.of(new Receipt("bob", 2, 2, terms(ShownTo.NOBODY, 2)))));

    room.tell(new RoomReceipts.Subscribe(relay.ref()));

    tells(new Receipt("bob", 2, 2, terms(ShownTo.NOBODY, 2)));
  }

  @Test
  void policiesAreReadAgainWhileARelayIsSubscribed() {
    room.isMade(Visibility.PUBLIC);
    kept.add(new Receipt("ann", 1, 1, terms(ShownTo.EVERYONE, 1)));
    room.attach(relay);
    room.tell(new RoomReceipts.Subscribe(relay.ref()));
    tells(new Receipt("ann", 1, 1, terms(ShownTo.EVERYONE, 1)));

    kept.set(0, new Receipt("ann", 1, 1, terms(ShownTo.NOBODY, 2)));
    TIME.timePasses(Duration.ofMinutes(1));
    room.settled();
    TIME.timePasses(Duration.ofSeconds(1));

    tells(new Receipt("ann", 1, 1, terms(ShownTo.NOBODY, 2)));
  }

  @Test
  void aReceiptNamesOnlyBlockedMembersIncludingLaterOnes() {
    room.isMade(Visibility.PUBLIC);
    room.attach(relay);
    room.tell(
        new RoomReceipts.Report(
            List.of(new Receipt("ann", 1, 1, terms(ShownTo.EVERYONE, 1, "bob", "eve")))));
    room.tell(new RoomReceipts.Subscribe(relay.ref()));
    tells(new Receipt("ann", 1, 1, terms(ShownTo.EVERYONE, 1)));

    assertThat(room.join("bob")).isInstanceOf(Room.Done.class);
    room.tell(new Room.Admit("bob", relay.ref()));

    relay.expectMessageClass(Room.Committed.class);
    tells(new Receipt("ann", 1, 1, terms(ShownTo.EVERYONE, 1, "bob")));
    relay.expectMessageClass(Room.Admission.class);
  }

  @Test
  void aRoomWithMoreMembersThanTheLimitHasCountsWithoutNames() {
    room.isMade(Visibility.PUBLIC);
    for (var user : List.of("bob", "cyd", "dan"))
      assertThat(room.join(user)).isInstanceOf(Room.Done.class);
    var receipt = new Receipt("ann", 1, 1, terms(ShownTo.EVERYONE, 1));
    kept.add(receipt);
    room.attach(relay, 4);
    room.tell(new RoomReceipts.Subscribe(relay.ref()));
    tells(receipt);

    assertThat(room.join("eve")).isInstanceOf(Room.Done.class);
    relay.expectMessageClass(Room.Committed.class);
    room.tell(new RoomReceipts.Subscribe(relay.ref()));

    assertThat(relay.receiveMessage())
        .isEqualTo(new RoomReceipts.Counted(ReceiptSpread.of(List.of(receipt))));
  }

  private void tells(Receipt receipt) {
    assertThat(relay.receiveMessage()).isEqualTo(new RoomReceipts.Changed(List.of(receipt)));
  }

  private static PrivacyPolicy terms(ShownTo to, long version, String... hiddenFrom) {
    return new PrivacyPolicy(
        Set.of(hiddenFrom), new PrivacySettings(ShownTo.EVERYONE, to, true), version);
  }
}
