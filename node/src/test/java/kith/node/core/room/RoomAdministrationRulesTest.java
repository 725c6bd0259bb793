package kith.node.core.room;

import static kith.node.core.room.RoomHistory.NOW;
import static kith.node.core.room.RoomHistory.after;
import static kith.node.core.room.RoomHistory.banned;
import static kith.node.core.room.RoomHistory.joined;
import static kith.node.core.room.RoomHistory.publicRoomOf;
import static kith.node.core.room.RoomHistory.role;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.core.room.RoomRules.Decided;
import kith.node.core.room.RoomRules.Decision;
import kith.node.core.room.RoomRules.Refused;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.rest.RoomRequests.Moderation;
import org.junit.jupiter.api.Test;

/// The acts of server administrators in rooms.
class RoomAdministrationRulesTest {
  private static final Decision NOTHING_TO_DO = new Decided();

  /// Ann is the owner, mod is a moderator, bob is a member.
  private final RoomState room =
      after(publicRoomOf("ann"), joined("mod"), joined("bob"), role("ann", "mod", Role.MODERATOR));

  @Test
  void anAdministratorOfTheServerAppointsOwnersAmongMembersAndDeletesRooms() {
    assertThat(administer(new RoomAction.ChangeRole("bob", Role.OWNER)))
        .isEqualTo(new Decided(new RoomEvent.RoleChanged("olga", NOW, "bob", Role.OWNER)));
    assertThat(administer(new RoomAction.ChangeRole("ann", Role.OWNER))).isEqualTo(NOTHING_TO_DO);
    assertThat(administer(new RoomAction.ChangeRole("cyd", Role.OWNER)))
        .isEqualTo(new Refused(Code.UNKNOWN_MEMBER));
    assertThat(administer(new RoomAction.Delete()))
        .isEqualTo(new Decided(new RoomEvent.Deleted("olga", NOW)));
  }

  @Test
  void anAdministratorOfTheServerDoesNothingElseInARoom() {
    for (var act :
        List.of(
            new RoomAction.ChangeRole("bob", Role.MODERATOR),
            new RoomAction.Kick("bob", Optional.empty()),
            new RoomAction.Unban("bob")))
      assertThat(administer(act)).isEqualTo(new Refused(Code.NOT_ALLOWED));
  }

  @Test
  void theServerAddsMembersEvenToAClosedRoomButNotBannedUsers() {
    var joined = new RoomEvent.Joined("eve", NOW, Optional.empty(), Optional.empty());
    var enter = new RoomAction.Enter("eve");

    assertThat(administer(enter)).isEqualTo(new Decided(joined));
    assertThat(administer(new RoomAction.Enter("bob"))).isEqualTo(NOTHING_TO_DO);
    var banned = room.with(new RoomEvent.Banned("ann", NOW, "eve", Optional.empty()));
    assertThat(RoomRules.administer(banned, "eve", enter, NOW)).isEqualTo(new Refused(Code.BANNED));
    // an owner of the room may not do it
    assertThat(act(room, "ann", enter)).isEqualTo(new Refused(Code.NOT_ALLOWED));
  }

  @Test
  void onlyAnAdministratorOfTheServerArchivesARoomAndOpensItAgain() {
    var archive = RoomAction.ChangeSettings.of(Optional.of(Moderation.archiving(true)));
    var open = RoomAction.ChangeSettings.of(Optional.of(Moderation.archiving(false)));
    var event = RoomHistory.moderated("olga", Moderation.archiving(true));

    assertThat(act(room, "ann", archive)).isEqualTo(new Refused(Code.NOT_ALLOWED));
    assertThat(administer(archive)).isEqualTo(new Decided(event));
    assertThat(administer(open)).isEqualTo(NOTHING_TO_DO);
    // no other setting may change with it
    var readOnly = new Moderation(OptionalInt.empty(), Optional.of(true));
    assertThat(administer(RoomAction.ChangeSettings.of(Optional.of(readOnly))))
        .isEqualTo(new Refused(Code.NOT_ALLOWED));

    var archived = room.with(event);
    assertThat(RoomRules.administer(archived, "olga", archive, NOW)).isEqualTo(NOTHING_TO_DO);
    assertThat(act(archived, "ann", open)).isEqualTo(new Refused(Code.NOT_ALLOWED));
    assertThat(RoomRules.administer(archived, "olga", open, NOW))
        .isEqualTo(new Decided(RoomHistory.moderated("olga", Moderation.archiving(false))));
  }

  @Test
  void nobodyJoinsOrChangesAnArchivedRoomButMembersLeaveIt() {
    var archived = room.with(RoomHistory.moderated("olga", Moderation.archiving(true)));
    var refused = new Refused(Code.ROOM_ARCHIVED);

    for (var act :
        List.of(
            new RoomAction.Kick("bob", Optional.empty()),
            new RoomAction.Ban("eve", Optional.empty()),
            new RoomAction.ChangeRole("bob", Role.MODERATOR),
            new RoomAction.Delete())) assertThat(act(archived, "ann", act)).isEqualTo(refused);
    assertThat(join(archived, "eve")).isEqualTo(refused);
    assertThat(RoomRules.administer(archived, "olga", new RoomAction.Enter("eve"), NOW))
        .isEqualTo(refused);
    assertThat(RoomRules.leave(archived, "bob", false, NOW)).isInstanceOf(Decided.class);
  }

  private Decision administer(RoomAction act) {
    return RoomRules.administer(room, "olga", act, NOW);
  }

  private static Decision join(RoomState room, String user) {
    return RoomRules.join(room, Applicant.of(user), NOW);
  }

  private static Decision act(RoomState room, String by, RoomAction act) {
    return RoomRules.act(room, by, act, NOW);
  }
}
