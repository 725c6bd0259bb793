package kith.node.core.room;

import static kith.node.core.room.RoomHistory.BOUNDS;
import static kith.node.core.room.RoomHistory.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import kith.node.feature.conversations.Conversations;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DirectRoomTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final RoomState room = begun();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static RoomState begun() {
    var decided = (RoomRules.Decided) begin(RoomState.absent(BOUNDS), "bob", "ann");
    return RoomState.absent(BOUNDS).with(decided.events().getFirst());
  }

  private static RoomRules.Decision begin(RoomState room, String by, String with) {
    var nobody = KIT.<Room.Outcome>createTestProbe().ref();
    return RoomRules.create(
        room,
        new Room.Create(
            by,
            "",
            "",
            Visibility.DIRECT,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(Conversations.sorted(by, with)),
            nobody),
        NOW);
  }

  @Test
  void bothUsersGetTheSameIdAndOtherPairsGetAnotherOne() {
    var id = Conversations.id("ann", "bob");

    assertThat(Conversations.id("bob", "ann")).isEqualTo(id);
    assertThat(Conversations.id("ann", "bobby")).isNotEqualTo(id);
    assertThat(Conversations.id("an", "nbob")).isNotEqualTo(id);
    assertThat(Rooms.isId(id)).isTrue();
  }

  @Test
  void bothAreMembersAndNeitherIsOwner() {
    assertThat(room.role("ann")).hasValue(Role.MEMBER);
    assertThat(room.role("bob")).hasValue(Role.MEMBER);
    assertThat(room.counterpart("ann")).hasValue("bob");
  }

  @Test
  void beginningItAgainChangesNothing() {
    assertThat(begin(room, "ann", "bob")).isEqualTo(new RoomRules.Decided());
  }

  @Test
  void nobodyElseCanJoin() {
    var unknown = new RoomRules.Refused(Code.UNKNOWN_ROOM);
    var invited =
        new Applicant(
            "eve",
            Optional.empty(),
            Optional.of("hash"),
            Applicant.Passcode.NONE,
            Applicant.Approval.NONE);

    assertThat(begin(room, "eve", "bob")).isEqualTo(unknown);
    assertThat(RoomRules.join(room, Applicant.of("eve"), NOW)).isEqualTo(unknown);
    assertThat(RoomRules.join(room, invited, NOW)).isEqualTo(unknown);
    assertThat(RoomRules.notAMember(room)).isEqualTo(Code.UNKNOWN_ROOM);
  }

  @Test
  void onlyAMemberWhoseAccountEndsLeaves() {
    assertThat(RoomRules.leave(room, "ann", false, NOW)).isEqualTo(new RoomRules.Decided());
    assertThat(RoomRules.leave(room, "ann", true, NOW))
        .isEqualTo(new RoomRules.Decided(new RoomEvent.Left("ann", NOW)));
  }
}
