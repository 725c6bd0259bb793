package kith.node.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.Room;
import kith.protocol.Code;
import org.junit.jupiter.api.Test;

/// A session opens a room at its relay, whose log has ten entries when the session attaches.
class RoomRelayTest extends RelayFixture {
  @Test
  void anAdmittedMemberOpensTheRoom() {
    attached();
    var ann = opens("ann");

    admits("ann");

    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.Opened("r1", relay, 10));
  }

  @Test
  void aRefusedUserGetsTheReasonAndNoEntries() {
    attached();
    var eve = opens("eve");

    fromRoom(new Room.Admission("eve", Optional.of(Code.NOT_A_MEMBER), 10));

    assertThat(eve.receiveMessage()).isEqualTo(new RoomRelay.NotOpened("r1", Code.NOT_A_MEMBER));
    relay.tell(new RoomRelay.Read(0, 1, eve.ref()));
    assertThat(eve.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.NOT_A_MEMBER));
  }

  @Test
  void aSessionWaitsUntilTheRoomIsFound() {
    sharding.expectMessageClass(Room.Attach.class);
    var ann = KIT.<ToSession>createTestProbe();
    relay.tell(new RoomRelay.Open("ann", ann.ref()));

    attached(room, 10);

    assertThat(sharding.expectMessageClass(Room.Admit.class).user()).isEqualTo("ann");
    admits("ann");
    ann.expectMessageClass(RoomRelay.Opened.class);
  }

  @Test
  void aRoomThatCannotBeReachedIsUnavailableAfterTheDeadline() {
    sharding.expectMessageClass(Room.Attach.class);
    var ann = KIT.<ToSession>createTestProbe();
    relay.tell(new RoomRelay.Open("ann", ann.ref()));
    settled();

    for (var i = 0; i < 5; i++) passes(RETRY);

    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.NotOpened("r1", Code.UNAVAILABLE));
  }

  @Test
  void aLostAdmissionIsRequestedAgain() {
    attached();
    var ann = opens("ann");

    passes(RETRY);

    assertThat(sharding.expectMessageClass(Room.Admit.class).user()).isEqualTo("ann");
    admits("ann");
    admits("ann");
    ann.expectMessageClass(RoomRelay.Opened.class);
    isNowLive(ann, 10);
  }

  @Test
  void aMissingRoomIsUnknownAndItsRelayStops() {
    sharding.expectMessageClass(Room.Attach.class);
    var ann = KIT.<ToSession>createTestProbe();
    relay.tell(new RoomRelay.Open("ann", ann.ref()));

    fromRoom(new Room.NoRoom());

    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.NotOpened("r1", Code.UNKNOWN_ROOM));
    assertThat(relays.receiveMessage()).isEqualTo(new Relays.Leaving("r1", relay, 1));
  }

  @Test
  void closingAndOpeningAtOnceStaysLive() {
    attached();
    var ann = listens("ann");

    relay.tell(new RoomRelay.Open("ann", ann.ref()));
    sharding.expectMessageClass(Room.Admit.class);
    admits("ann");
    ann.expectMessageClass(RoomRelay.Opened.class);

    commits(11, 11);
    sees(ann, 11, 11);
  }
}
