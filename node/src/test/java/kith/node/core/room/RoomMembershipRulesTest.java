package kith.node.core.room;

import static kith.node.core.room.RoomHistory.NOW;
import static kith.node.core.room.RoomHistory.after;
import static kith.node.core.room.RoomHistory.banned;
import static kith.node.core.room.RoomHistory.created;
import static kith.node.core.room.RoomHistory.deleted;
import static kith.node.core.room.RoomHistory.invitation;
import static kith.node.core.room.RoomHistory.invitedBack;
import static kith.node.core.room.RoomHistory.joined;
import static kith.node.core.room.RoomHistory.joinedAt;
import static kith.node.core.room.RoomHistory.left;
import static kith.node.core.room.RoomHistory.privateRoomOf;
import static kith.node.core.room.RoomHistory.publicRoomOf;
import static kith.node.core.room.RoomHistory.role;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.core.room.RoomRules.Decided;
import kith.node.core.room.RoomRules.Decision;
import kith.node.core.room.RoomRules.Refused;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Joining and leaving.
class RoomMembershipRulesTest {
  private static final Decision NOTHING_TO_DO = new Decided();

  /// Ann is the owner, mod is a moderator, bob is a member.
  private final RoomState room =
      after(publicRoomOf("ann"), joined("mod"), joined("bob"), role("ann", "mod", Role.MODERATOR));

  // joining

  @ParameterizedTest(name = "{0}, passcode {1}, shown {2}, invited {3}, banned {4}, full {5}: {6}")
  @CsvSource({
    // public, no passcode
    "PUBLIC,  no,  none,  no,    no,  no,  ok",
    "PUBLIC,  no,  none,  no,    yes, no,  BANNED",
    "PUBLIC,  no,  none,  no,    no,  yes, ROOM_FULL",
    "PUBLIC,  no,  none,  no,    yes, yes, BANNED",
    "PUBLIC,  no,  none,  good,  no,  no,  ok",
    "PUBLIC,  no,  none,  good,  yes, no,  BANNED",
    "PUBLIC,  no,  none,  good,  no,  yes, ROOM_FULL",
    "PUBLIC,  no,  none,  bad,   no,  no,  UNKNOWN_INVITATION",
    // with a passcode, which a private room does not hide
    "PUBLIC,  yes, none,  no,    no,  no,  PASSCODE_REQUIRED",
    "PUBLIC,  yes, wrong, no,    no,  no,  WRONG_PASSCODE",
    "PUBLIC,  yes, right, no,    no,  no,  ok",
    "PUBLIC,  yes, right, no,    yes, no,  BANNED",
    "PUBLIC,  yes, wrong, no,    yes, no,  BANNED",
    "PUBLIC,  yes, right, no,    no,  yes, ROOM_FULL",
    "PUBLIC,  yes, none,  good,  no,  no,  ok",
    "PUBLIC,  yes, right, bad,   no,  no,  UNKNOWN_INVITATION",
    "PRIVATE, yes, none,  no,    no,  no,  PASSCODE_REQUIRED",
    "PRIVATE, yes, wrong, no,    no,  no,  WRONG_PASSCODE",
    "PRIVATE, yes, right, no,    no,  no,  ok",
    "PRIVATE, yes, right, no,    yes, no,  BANNED",
    "PRIVATE, yes, right, no,    no,  yes, ROOM_FULL",
    "PRIVATE, yes, none,  good,  no,  no,  ok",
    // private without one: hidden from users without an invitation
    "PRIVATE, no,  none,  no,    no,  no,  UNKNOWN_ROOM",
    "PRIVATE, no,  none,  no,    yes, no,  UNKNOWN_ROOM",
    "PRIVATE, no,  none,  no,    no,  yes, UNKNOWN_ROOM",
    "PRIVATE, no,  none,  good,  no,  no,  ok",
    "PRIVATE, no,  none,  good,  yes, no,  BANNED",
    "PRIVATE, no,  none,  good,  no,  yes, ROOM_FULL",
    "PRIVATE, no,  none,  bad,   no,  no,  UNKNOWN_ROOM",
  })
  void aJoinIsDecidedByTheTable(
      Visibility visibility,
      String passcode,
      String shown,
      String invited,
      String isBanned,
      String isFull,
      String outcome) {
    var room =
        after(
            created(
                "ann",
                visibility,
                passcode.equals("yes") ? Optional.of("hash") : Optional.empty(),
                isFull.equals("yes") ? OptionalInt.of(1) : OptionalInt.empty()),
            invitation("ann", "i1"));
    if (isBanned.equals("yes")) room = room.with(banned("ann", "eve"));

    Optional<String> token =
        switch (invited) {
          case "good" -> Optional.of("hash-of-i1");
          case "bad" -> Optional.of("hash-of-nothing");
          default -> Optional.empty();
        };
    var applicant =
        new Applicant(
            "eve",
            Optional.empty(),
            token,
            Applicant.Passcode.valueOf(shown.toUpperCase(Locale.ROOT)),
            Applicant.Approval.NONE);
    var decision = RoomRules.join(room, applicant, NOW);

    Optional<String> used = invited.equals("good") ? Optional.of("i1") : Optional.empty();
    assertThat(decision)
        .isEqualTo(
            outcome.equals("ok")
                ? new Decided(new RoomEvent.Joined("eve", NOW, used))
                : new Refused(Code.valueOf(outcome)));
    var isCompared =
        passcode.equals("yes")
            && !shown.equals("none")
            && invited.equals("no")
            && isBanned.equals("no");
    assertThat(
            RoomView.answer(
                "r1",
                room,
                new RoomView.Prospect("eve", token, !shown.equals("none")),
                Optional.empty(),
                NOW))
        .as("asked before")
        .isEqualTo(
            isCompared || outcome.equals("ok")
                ? new RoomView.MayJoin()
                : new RoomView.Denied(Code.valueOf(outcome)));
  }

  @Test
  void joiningTwiceChangesNothing() {
    assertThat(join(room, "bob")).isEqualTo(NOTHING_TO_DO);
  }

  @Test
  void anAbsentOrDeletedRoomIsUnknown() {
    assertThat(join(RoomState.absent(RoomHistory.BOUNDS), "bob"))
        .isEqualTo(new Refused(Code.UNKNOWN_ROOM));
    assertThat(join(room.with(deleted("ann")), "bob")).isEqualTo(new Refused(Code.UNKNOWN_ROOM));
  }

  @Test
  void aWrongInvitationDoesNotRevealAPrivateRoom() {
    var invited =
        new Applicant(
            "eve",
            Optional.empty(),
            Optional.of("hash-of-nothing"),
            Applicant.Passcode.NONE,
            Applicant.Approval.NONE);

    assertThat(RoomRules.join(RoomState.absent(RoomHistory.BOUNDS), invited, NOW))
        .isEqualTo(RoomRules.join(after(privateRoomOf("ann")), invited, NOW));
  }

  @Test
  void anInvitationEndsWhenItExpiresIsUsedUpOrIsRevoked() {
    var room =
        after(
            privateRoomOf("ann"), invitation("ann", "i1", NOW.plusSeconds(60), OptionalInt.of(1)));

    assertThat(RoomRules.usable(room, "hash-of-i1", NOW)).contains("i1");
    assertThat(RoomRules.usable(room, "hash-of-i1", NOW.plusSeconds(60))).isEmpty();
    assertThat(RoomRules.usable(room.with(invitedBack("bob", "i1")), "hash-of-i1", NOW)).isEmpty();
    assertThat(
            RoomRules.usable(
                room.with(new RoomEvent.InvitationRevoked("ann", NOW, "i1")), "hash-of-i1", NOW))
        .isEmpty();
  }

  @Test
  void aPasscodeIsCheckedOnlyIfTheDecisionDependsOnIt() {
    var guarded =
        after(
            created("ann", Visibility.PUBLIC, Optional.of("hash"), OptionalInt.empty()),
            joined("bob"));

    assertThat(RoomRules.passcodeToCheck(guarded, "eve", false)).contains("hash");
    assertThat(RoomRules.passcodeToCheck(guarded, "eve", true)).isEmpty();
    assertThat(RoomRules.passcodeToCheck(guarded, "bob", false)).isEmpty();
    assertThat(RoomRules.passcodeToCheck(room, "eve", false)).isEmpty();
    assertThat(RoomRules.passcodeToCheck(guarded.with(deleted("ann")), "eve", false)).isEmpty();
  }

  // leaving

  @Test
  void aMemberLeaves() {
    assertThat(leave("bob")).isEqualTo(new Decided(left("bob")));
  }

  @Test
  void leavingTwiceChangesNothing() {
    assertThat(leave("eve")).isEqualTo(NOTHING_TO_DO);
  }

  @Test
  void theLastOwnerMustNameAnotherBeforeLeaving() {
    assertThat(leave("ann")).isEqualTo(new Refused(Code.LAST_OWNER));
    assertThat(RoomRules.leave(room.with(role("ann", "bob", Role.OWNER)), "ann", false, NOW))
        .isEqualTo(new Decided(left("ann")));
  }

  @Test
  void anOwnerWhoIsTheOnlyMemberMayLeave() {
    assertThat(RoomRules.leave(after(publicRoomOf("ann")), "ann", false, NOW))
        .isEqualTo(new Decided(left("ann")));
  }

  @Test
  void aLastOwnerWhoseAccountEndsIsReplacedByTheHighestRole() {
    assertThat(RoomRules.leave(room, "ann", true, NOW))
        .isEqualTo(
            new Decided(new RoomEvent.RoleChanged("ann", NOW, "mod", Role.OWNER), left("ann")));
  }

  @Test
  void amongEqualRolesTheLongestMemberBecomesTheOwner() {
    var room =
        after(
            publicRoomOf("ann"),
            joinedAt("new", NOW.plusSeconds(9)),
            joinedAt("zoe", NOW.plusSeconds(1)),
            joinedAt("eli", NOW.plusSeconds(2)));

    assertThat(room.heir("ann")).contains("zoe");
  }

  private static Decision join(RoomState room, String user) {
    return RoomRules.join(room, Applicant.of(user), NOW);
  }

  private Decision leave(String user) {
    return RoomRules.leave(room, user, false, NOW);
  }
}
