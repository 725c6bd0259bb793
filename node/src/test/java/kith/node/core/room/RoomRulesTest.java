package kith.node.core.room;

import static kith.node.core.room.RoomHistory.NOW;
import static kith.node.core.room.RoomHistory.after;
import static kith.node.core.room.RoomHistory.banned;
import static kith.node.core.room.RoomHistory.created;
import static kith.node.core.room.RoomHistory.deleted;
import static kith.node.core.room.RoomHistory.invitation;
import static kith.node.core.room.RoomHistory.joined;
import static kith.node.core.room.RoomHistory.kicked;
import static kith.node.core.room.RoomHistory.left;
import static kith.node.core.room.RoomHistory.privateRoomOf;
import static kith.node.core.room.RoomHistory.publicRoomOf;
import static kith.node.core.room.RoomHistory.role;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.core.room.RoomRules.Decided;
import kith.node.core.room.RoomRules.Decision;
import kith.node.core.room.RoomRules.Refused;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Moderation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The acts of members in a room, by their roles.
class RoomRulesTest {
  private static final Decision NOTHING_TO_DO = new Decided();

  /// Ann is the owner, mod is a moderator, bob is a member.
  private final RoomState room =
      after(publicRoomOf("ann"), joined("mod"), joined("bob"), role("ann", "mod", Role.MODERATOR));

  // acting

  @ParameterizedTest(name = "{0} by a user with the role {1}: {2}")
  @CsvSource({
    "kick,     member, NOT_ALLOWED", "kick,     moderator, ok", "kick,     owner, ok",
    "ban,      member, NOT_ALLOWED", "ban,      moderator, ok", "ban,      owner, ok",
    "unban,    member, NOT_ALLOWED", "unban,    moderator, ok", "unban,    owner, ok",
    "invite,   member, NOT_ALLOWED", "invite,   moderator, ok", "invite,   owner, ok",
    "revoke,   member, NOT_ALLOWED", "revoke,   moderator, ok", "revoke,   owner, ok",
    "topic,    member, NOT_ALLOWED", "topic,    moderator, ok", "topic,    owner, ok",
    "name,     member, NOT_ALLOWED", "name,     moderator, NOT_ALLOWED", "name,     owner, ok",
    "passcode, member, NOT_ALLOWED", "passcode, moderator, NOT_ALLOWED", "passcode, owner, ok",
    "role,     member, NOT_ALLOWED", "role,     moderator, NOT_ALLOWED", "role,     owner, ok",
    "delete,   member, NOT_ALLOWED", "delete,   moderator, NOT_ALLOWED", "delete,   owner, ok",
    "kick,     stranger, NOT_A_MEMBER", "delete, stranger, NOT_A_MEMBER",
  })
  void eachRoleHasTheRightsInTheTable(String act, String actor, String outcome) {
    var room =
        after(
            publicRoomOf("owner"),
            joined("moderator"),
            joined("member"),
            joined("dan"),
            role("owner", "moderator", Role.MODERATOR),
            banned("owner", "eve"),
            invitation("owner", "i1"));

    var decision = RoomRules.act(room, actor, named(act), NOW);

    if (outcome.equals("ok"))
      assertThat(decision)
          .isInstanceOfSatisfying(
              Decided.class, decided -> assertThat(decided.events()).hasSize(1));
    else assertThat(decision).isEqualTo(new Refused(Code.valueOf(outcome)));
  }

  private static RoomAction named(String act) {
    return switch (act) {
      case "kick" -> new RoomAction.Kick("dan", Optional.empty());
      case "ban" -> new RoomAction.Ban("dan", Optional.of("spam"));
      case "unban" -> new RoomAction.Unban("eve");
      case "invite" -> new RoomAction.Invite("i2", "hash", NOW.plusSeconds(9), OptionalInt.empty());
      case "revoke" -> new RoomAction.Revoke("i1");
      case "topic" -> settings(Optional.empty(), Optional.of("tea"), Optional.empty());
      case "name" -> settings(Optional.of("hall"), Optional.empty(), Optional.empty());
      case "passcode" -> settings(Optional.empty(), Optional.empty(), Optional.of("hash"));
      case "role" -> new RoomAction.ChangeRole("dan", Role.MODERATOR);
      default -> new RoomAction.Delete();
    };
  }

  @Test
  void moderatorsSetSlowModeAndReadOnly() {
    var calmer = new Moderation(OptionalInt.of(30), Optional.of(true));

    assertThat(act(room, "mod", RoomAction.ChangeSettings.of(Optional.of(calmer))))
        .isEqualTo(new Decided(RoomHistory.moderated("mod", calmer)));
    assertThat(act(room, "bob", RoomAction.ChangeSettings.of(Optional.of(calmer))))
        .isEqualTo(new Refused(Code.NOT_ALLOWED));
  }

  @Test
  void aRepeatedChangeOfModerationIsNotAnnouncedAgain() {
    var slower = new Moderation(OptionalInt.of(30), Optional.empty());
    var slow = room.with(RoomHistory.moderated("ann", slower));

    assertThat(act(slow, "mod", RoomAction.ChangeSettings.of(Optional.of(slower))))
        .isEqualTo(new Decided());
    assertThat(act(slow, "mod", RoomAction.ChangeSettings.of(Optional.of(Moderation.NONE))))
        .isEqualTo(new Decided());
  }

  private static RoomAction settings(
      Optional<String> name, Optional<String> topic, Optional<String> passcodeHash) {
    return new RoomAction.ChangeSettings(
        name, topic, Optional.empty(), passcodeHash, OptionalInt.empty(), Optional.empty());
  }

  @Test
  void nobodyActsOnTheSameRoleOrAHigherOne() {
    var room = this.room.with(joined("moe")).with(role("ann", "moe", Role.MODERATOR));

    for (var user : List.of("ann", "moe", "mod")) {
      assertThat(act(room, "mod", new RoomAction.Kick(user, Optional.empty())))
          .isEqualTo(new Refused(Code.NOT_ALLOWED));
      assertThat(act(room, "mod", new RoomAction.Ban(user, Optional.empty())))
          .isEqualTo(new Refused(Code.NOT_ALLOWED));
    }
  }

  @Test
  void aUserWhoIsNotAMemberCanBeBannedButNotKicked() {
    assertThat(act(room, "mod", new RoomAction.Kick("eve", Optional.empty())))
        .isEqualTo(new Refused(Code.UNKNOWN_MEMBER));
    assertThat(act(room, "mod", new RoomAction.Ban("eve", Optional.empty())))
        .isEqualTo(new Decided(banned("mod", "eve")));
  }

  @Test
  void banningTwiceAndUnbanningTheUnbannedChangeNothing() {
    assertThat(
            act(
                room.with(banned("ann", "eve")),
                "ann",
                new RoomAction.Ban("eve", Optional.empty())))
        .isEqualTo(NOTHING_TO_DO);
    assertThat(act(room, "ann", new RoomAction.Unban("eve"))).isEqualTo(NOTHING_TO_DO);
  }

  @Test
  void theNumberOfBansIsBounded() {
    var room = after(this.room, List.of(banned("ann", "eve"), banned("ann", "fay")));

    assertThat(act(room, "ann", new RoomAction.Ban("gus", Optional.empty())))
        .isEqualTo(new Refused(Code.TOO_MANY_BANS));
  }

  @Test
  void theNumberOfOpenInvitationsIsBounded() {
    var room = after(this.room, List.of(invitation("ann", "i1"), invitation("ann", "i2")));
    var third = new RoomAction.Invite("i3", "hash", NOW.plusSeconds(99), OptionalInt.empty());

    assertThat(act(room, "ann", third)).isEqualTo(new Refused(Code.TOO_MANY_INVITATIONS));
    assertThat(RoomRules.act(room, "ann", third, NOW.plusSeconds(61)))
        .as("expired invitations do not count")
        .isInstanceOf(Decided.class);
  }

  @Test
  void aRepeatedInvitationIsCreatedOnce() {
    var room = after(this.room, List.of(invitation("ann", "i1")));
    var again = new RoomAction.Invite("i1", "hash-of-i1", NOW.plusSeconds(60), OptionalInt.empty());

    assertThat(act(room, "ann", again)).isEqualTo(NOTHING_TO_DO);
  }

  @Test
  void anUnknownInvitationCannotBeRevoked() {
    assertThat(act(room, "ann", new RoomAction.Revoke("i9")))
        .isEqualTo(new Refused(Code.UNKNOWN_INVITATION));
  }

  @Test
  void anOwnerMayStepDownButNotDemoteAnotherOwner() {
    var room = this.room.with(role("ann", "bob", Role.OWNER));

    assertThat(act(room, "ann", new RoomAction.ChangeRole("bob", Role.MEMBER)))
        .isEqualTo(new Refused(Code.NOT_ALLOWED));
    assertThat(act(room, "ann", new RoomAction.ChangeRole("ann", Role.MEMBER)))
        .isEqualTo(new Decided(role("ann", "ann", Role.MEMBER)));
    assertThat(act(this.room, "ann", new RoomAction.ChangeRole("ann", Role.MEMBER)))
        .isEqualTo(new Refused(Code.LAST_OWNER));
  }

  @Test
  void onlyMembersHaveRolesAndTheSameRoleIsNoChange() {
    assertThat(act(room, "ann", new RoomAction.ChangeRole("eve", Role.OWNER)))
        .isEqualTo(new Refused(Code.UNKNOWN_MEMBER));
    assertThat(act(room, "ann", new RoomAction.ChangeRole("bob", Role.MEMBER)))
        .isEqualTo(NOTHING_TO_DO);
  }

  @Test
  void emptySettingsChangeNothing() {
    assertThat(act(room, "ann", settings(Optional.empty(), Optional.empty(), Optional.empty())))
        .isEqualTo(NOTHING_TO_DO);
  }

  @Test
  void aPrivateRoomLooksUnknownToUsersWhoAreNotMembers() {
    var closed = after(privateRoomOf("ann"));
    var guarded =
        after(created("ann", Visibility.PRIVATE, Optional.of("hash"), OptionalInt.empty()));

    assertThat(act(closed, "eve", new RoomAction.Delete()))
        .isEqualTo(new Refused(Code.UNKNOWN_ROOM));
    assertThat(act(guarded, "eve", new RoomAction.Delete()))
        .isEqualTo(new Refused(Code.NOT_A_MEMBER));
    for (RoomView.Question question :
        List.of(
            new RoomView.Description("eve"),
            new RoomView.Membership("eve"),
            new RoomView.Members("eve", Optional.empty(), 10),
            new RoomView.Bans("eve"),
            new RoomView.Invitations("eve")))
      assertThat(RoomView.answer("r", closed, question, Optional.empty(), NOW))
          .isEqualTo(
              RoomView.answer(
                  "r", RoomState.absent(RoomHistory.BOUNDS), question, Optional.empty(), NOW))
          .isEqualTo(new RoomView.Denied(Code.UNKNOWN_ROOM));
  }

  @Test
  void everybodySeesAPublicRoomsDescriptionButNotItsMembers() {
    assertThat(RoomView.answer("r", room, new RoomView.Description("eve"), Optional.empty(), NOW))
        .isInstanceOfSatisfying(
            RoomView.Described.class, described -> assertThat(described.role()).isEmpty());
    assertThat(
            RoomView.answer(
                "r",
                room,
                new RoomView.Members("eve", Optional.empty(), 10),
                Optional.empty(),
                NOW))
        .isEqualTo(new RoomView.Denied(Code.NOT_A_MEMBER));
    assertThat(RoomView.answer("r", room, new RoomView.Bans("bob"), Optional.empty(), NOW))
        .isEqualTo(new RoomView.Denied(Code.NOT_ALLOWED));
  }

  @Test
  void membersAreListedInPagesByName() {
    assertThat(
            RoomView.answer(
                "r", room, new RoomView.Members("bob", Optional.empty(), 2), Optional.empty(), NOW))
        .isInstanceOfSatisfying(
            RoomView.MemberList.class,
            page -> {
              assertThat(page.members()).extracting("user").containsExactly("ann", "bob");
              assertThat(page.more()).isTrue();
            });
    assertThat(
            RoomView.answer(
                "r",
                room,
                new RoomView.Members("bob", Optional.of("bob"), 2),
                Optional.empty(),
                NOW))
        .isInstanceOfSatisfying(
            RoomView.MemberList.class,
            page -> {
              assertThat(page.members()).extracting("user").containsExactly("mod");
              assertThat(page.more()).isFalse();
            });
  }

  // names and expelled members

  @ParameterizedTest(name = "{0}, changed to {1}, named {2}: {3}")
  @CsvSource({
    "PUBLIC,  ,        ,      ''",
    "PUBLIC,  ,        hall,  hall",
    "PUBLIC,  ,        lobby, ''",
    "PUBLIC,  PRIVATE, hall,  ''",
    "PRIVATE, ,        hall,  ''",
    "PRIVATE, PUBLIC,  ,      lobby",
    "PRIVATE, PUBLIC,  hall,  hall",
  })
  void onlyAPublicRoomNeedsANameOfItsOwn(
      Visibility is, Visibility becomes, String named, String needed) {
    var lobby = after(created("ann", is, Optional.empty(), OptionalInt.empty()));
    var change =
        new RoomAction.ChangeSettings(
            Optional.ofNullable(named),
            Optional.empty(),
            Optional.ofNullable(becomes),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());

    assertThat(RoomRules.newName(lobby.settings(), change).orElse("")).isEqualTo(needed);
  }

  @Test
  void kickedAndBannedUsersAreExpelledAndAllMembersOfADeletedRoom() {
    assertThat(RoomRules.expelled(room, kicked("ann", "bob"))).containsExactly("bob");
    assertThat(RoomRules.expelled(room, banned("ann", "eve"))).containsExactly("eve");
    assertThat(RoomRules.expelled(room, deleted("ann")))
        .containsExactlyInAnyOrder("ann", "mod", "bob");
    assertThat(RoomRules.expelled(room, left("bob"))).isEmpty();
  }

  // the messages of a deleted account

  @Test
  void onlyItsOwnMessagesThatStillHaveATextAreRedacted() {
    var facts =
        Map.of(
            9L, new Post.Fact("gone", false),
            4L, new Post.Fact("gone", false),
            5L, new Post.Fact("gone", true),
            6L, new Post.Fact("bob", false));

    assertThat(RoomRules.redactOwn(room, "gone", facts, NOW))
        .isEqualTo(new Decided(erased(4), erased(9)));
  }

  @Test
  void aMemberMayStillPostSoItsMessagesAreNotRedactedYet() {
    assertThat(RoomRules.redactOwn(room, "bob", Map.of(6L, new Post.Fact("bob", false)), NOW))
        .isEqualTo(new Refused(Code.UNAVAILABLE));
  }

  private static RoomEvent erased(long message) {
    return new RoomEvent.Redacted("gone", NOW, "erased-" + message, message, Optional.empty());
  }

  private static Decision act(RoomState room, String by, RoomAction act) {
    return RoomRules.act(room, by, act, NOW);
  }
}
