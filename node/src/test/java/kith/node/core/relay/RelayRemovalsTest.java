package kith.node.core.relay;

import static java.util.stream.Collectors.toSet;
import static kith.node.core.room.RoomHistory.kicked;
import static kith.node.core.room.RoomHistory.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.Room;
import kith.node.core.room.RoomHistory;
import kith.node.feature.receipts.Receipt;
import kith.node.feature.receipts.RelayReceipts;
import kith.node.feature.receipts.RoomReceipts;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.junit.jupiter.api.Test;

/// The ends of sessions, relays and rooms.
class RelayRemovalsTest extends RelayFixture {
  @Test
  void aKickedMemberGetsTheKickAndNothingAfterIt() {
    attached();
    var ann = listens("ann");
    var bob = listens("bob");

    fromRoom(new Room.Committed(11, List.of(said("ann", "a", "bye"), kicked("ann", "bob"))));
    commits(13, 13);

    sees(bob, 11, 12);
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.KICKED));
    relay.tell(new RoomRelay.Read(12, 9, bob.ref()));
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.NOT_A_MEMBER));
    sees(ann, 11, 12);
    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.Departed("r1", "bob"));
    sees(ann, 13, 13);
  }

  @Test
  void aMemberKickedInAMissedPageGetsNothingAfterTheKick() {
    attached();
    var ann = listens("ann");
    var bob = listens("bob");
    log.says("ann", "bye");
    log.add(kicked("ann", "bob"));
    log.says("ann", "now that he is gone");

    commits(13, 13);

    sees(bob, 11, 12);
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.KICKED));
    sees(ann, 11, 12);
    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.Departed("r1", "bob"));
    sees(ann, 13, 13);
  }

  @Test
  void allSessionsOfALeavingMemberAreClosed() {
    attached();
    var phone = listens("bob");
    var laptop = enters("bob");

    fromRoom(new Room.Committed(11, List.of(RoomHistory.banned("ann", "bob"))));

    sees(phone, 11, 11);
    assertThat(phone.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.BANNED));
    assertThat(laptop.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.BANNED));
  }

  @Test
  void aFormerMemberIsNotCountedAsAReader() {
    attached();
    var ann = listens("ann");
    relay.tell(new RelayReceipts.Report(receipt("bob")));
    fromRoom(new RoomReceipts.Changed(List.of(receipt("ann"), receipt("bob"))));
    fromRoom(new Room.Committed(11, List.of(kicked("ann", "bob"))));
    sees(ann, 11, 11);
    ann.expectMessageClass(RoomRelay.Departed.class);

    relay.tell(new RelayReceipts.Subscribe(ann.ref()));
    // the room has moved to another node, and the relay repeats its reports
    attached(KIT.createTestProbe(), 11);

    assertThat(ann.receiveMessage())
        .isEqualTo(new RelayReceipts.Changed("r1", List.of(receipt("ann"))));
    sharding.fishForMessage(
        Duration.ofSeconds(3),
        it -> {
          assertThat(it).isNotInstanceOf(RoomReceipts.Report.class);
          return it instanceof RoomReceipts.Subscribe
              ? FishingOutcomes.complete()
              : FishingOutcomes.continueAndIgnore();
        });
  }

  @Test
  void aRepeatedReportContainsNoMoreThanTheFirst() {
    attached();
    relay.tell(new RelayReceipts.Report(new Receipt("bob", Long.MAX_VALUE, 3, PrivacyPolicy.OPEN)));
    attached(KIT.createTestProbe(), 12);

    assertThat(hears())
        .isEqualTo(new RoomReceipts.Report(List.of(new Receipt("bob", 10, 3, PrivacyPolicy.OPEN))));
  }

  @Test
  void aRepeatedReportOfManyMembersIsSentInPages() {
    attached();
    var blocked = IntStream.range(0, 1_000).mapToObj(it -> "eve" + it).collect(toSet());
    var terms = new PrivacyPolicy(blocked, PrivacySettings.OPEN, 1);
    for (var it = 0; it < 9; it++)
      relay.tell(new RelayReceipts.Report(new Receipt("ann" + it, 10, 10, terms)));

    attached(KIT.createTestProbe(), 12);

    assertThat(hears().receipts()).hasSize(7);
    assertThat(hears().receipts()).hasSize(2);
  }

  @Test
  void noMoreReceiptsAreKeptThanARoomHasMembers() {
    attached();
    for (var it = 0; it <= SETTINGS.members(); it++)
      relay.tell(new RelayReceipts.Report(receipt("user" + it)));

    attached(KIT.createTestProbe(), 12);

    assertThat(hears().receipts()).hasSize(SETTINGS.members());
  }

  private RoomReceipts.Report hears() {
    return (RoomReceipts.Report)
        sharding
            .fishForMessage(
                Duration.ofSeconds(3),
                it ->
                    it instanceof RoomReceipts.Report
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore())
            .getLast();
  }

  private static Receipt receipt(String user) {
    return new Receipt(user, 10, 10, PrivacyPolicy.OPEN);
  }

  @Test
  void aDeletedRoomClosesForAll() {
    attached();
    var ann = listens("ann");

    fromRoom(new Room.Committed(11, List.of(RoomHistory.deleted("ann"))));

    sees(ann, 11, 11);
    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.ROOM_DELETED));
    assertThat(relays.receiveMessage()).isEqualTo(new Relays.Leaving("r1", relay, 1));
  }

  @Test
  void aRelayWithoutSubscribersStopsAfterAWhile() {
    attached();
    var ann = listens("ann");

    ann.stop();
    // the answer shows that the relay has handled all earlier messages
    var bob = opens("bob");
    fromRoom(new Room.Admission("bob", Optional.of(Code.NOT_A_MEMBER), 10));
    bob.expectMessageClass(RoomRelay.NotOpened.class);
    for (var i = 0; i < 2; i++) passes(LEASE);

    assertThat(relays.receiveMessage()).isEqualTo(new Relays.Leaving("r1", relay, 2));
  }

  @Test
  void waitingSessionsArePassedToTheNextRelayWhenTheRelayStops() {
    attached();
    var ann = KIT.<ToSession>createTestProbe();
    var open = new RoomRelay.Open("ann", ann.ref());
    relay.tell(open);

    relay.tell(new RoomRelay.Stop());

    assertThat(relays.receiveMessage()).isEqualTo(new Relays.Open("r1", open));
  }

  @Test
  void unansweredPostsAreReturnedWhenTheRelayStops() {
    attached();
    var ann = listens("ann");
    posts(ann, "1");
    posts(ann, "2");

    relay.tell(new RoomRelay.Stop());

    assertThat(ann.receiveMessage()).isEqualTo(refused("1", Code.UNAVAILABLE));
    assertThat(ann.receiveMessage()).isEqualTo(refused("2", Code.UNAVAILABLE));
  }

  @Test
  void anAdmissionOlderThanTheRelaysEntriesIsRequestedAgain() {
    attached();
    var ann = listens("ann");
    var bob = opens("bob");
    // the relay reads a kick from the log that came after the room admitted bob
    log.add(kicked("ann", "bob"));
    attached(room, 11);
    sees(ann, 11, 11);

    admits("bob", 10);

    assertThat(sharding.expectMessageClass(Room.Admit.class).user()).isEqualTo("bob");
    fromRoom(new Room.Admission("bob", Optional.of(Code.NOT_A_MEMBER), 11));
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.NotOpened("r1", Code.NOT_A_MEMBER));
  }

  @Test
  void aMemberWhoRejoinedIsNotRemovedByAMissedKick() {
    attached();
    log.add(kicked("ann", "bob"));
    log.add(RoomHistory.joined("bob"));
    log.says("ann", "welcome back");
    var bob = opens("bob");
    admits("bob", 12);
    bob.expectMessageClass(RoomRelay.Opened.class);
    isNowLive(bob, 10);

    commits(13, 13);

    sees(bob, 11, 11);
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.Departed("r1", "bob"));
    sees(bob, 12, 13);
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.Arrived("r1", "bob"));
    commits(14, 14);
    sees(bob, 14, 14);
  }
}
