package kith.node.core.room;

import static kith.node.core.room.RoomHistory.NOW;
import static kith.node.core.room.RoomHistory.after;
import static kith.node.core.room.RoomHistory.banned;
import static kith.node.core.room.RoomHistory.created;
import static kith.node.core.room.RoomHistory.deleted;
import static kith.node.core.room.RoomHistory.edited;
import static kith.node.core.room.RoomHistory.invitation;
import static kith.node.core.room.RoomHistory.invitedBack;
import static kith.node.core.room.RoomHistory.joined;
import static kith.node.core.room.RoomHistory.kicked;
import static kith.node.core.room.RoomHistory.left;
import static kith.node.core.room.RoomHistory.publicRoomOf;
import static kith.node.core.room.RoomHistory.redacted;
import static kith.node.core.room.RoomHistory.role;
import static kith.node.core.room.RoomHistory.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.node.core.room.RecentPosts.Key;
import kith.node.core.room.RecentPosts.Remembered;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Moderation;
import kith.protocol.rest.RoomRequests.Retention;
import org.junit.jupiter.api.Test;

class RoomStateTest {

  @Test
  void theCreatorOfARoomOwnsIt() {
    var room = after(publicRoomOf("ann"));

    assertThat(room.isOpen()).isTrue();
    assertThat(room.role("ann")).contains(Role.OWNER);
    assertThat(room.settings().name()).isEqualTo("lobby");
    assertThat(room.created()).isEqualTo(NOW);
  }

  @Test
  void everyEventTakesOneSeq() {
    var room =
        after(
            publicRoomOf("ann"),
            joined("bob"),
            said("bob", "1", "hello"),
            edited("bob", "2", 3, "hi"),
            redacted("ann", "1", 3),
            role("ann", "bob", Role.MODERATOR),
            invitation("bob", "i1"),
            new RoomEvent.InvitationRevoked("bob", NOW, "i1"),
            kicked("ann", "bob"),
            banned("ann", "bob"),
            new RoomEvent.Unbanned("ann", NOW, "bob"),
            left("ann"));

    assertThat(room.lastSeq()).isEqualTo(12);
  }

  @Test
  void membersJoinAndLeave() {
    var room = after(publicRoomOf("ann"), joined("bob"), joined("cyd"), joined("dan"));

    assertThat(room.members().keySet()).containsExactlyInAnyOrder("ann", "bob", "cyd", "dan");
    assertThat(room.role("bob")).contains(Role.MEMBER);
    assertThat(after(room, List.of(left("bob"), kicked("ann", "cyd"))).members().keySet())
        .containsExactlyInAnyOrder("ann", "dan");
  }

  @Test
  void aBanEndsMembershipAndUnbanningDoesNotRestoreIt() {
    var room = after(publicRoomOf("ann"), joined("bob"), banned("ann", "bob"));

    assertThat(room.isMember("bob")).isFalse();
    assertThat(room.bans()).containsExactly("bob");
    var unbanned = room.with(new RoomEvent.Unbanned("ann", NOW, "bob"));
    assertThat(unbanned.bans()).isEmpty();
    assertThat(unbanned.isMember("bob")).isFalse();
  }

  @Test
  void theFirstToJoinAnEmptyRoomOwnsIt() {
    var room = after(publicRoomOf("ann"), left("ann"), joined("bob"), joined("cyd"));

    assertThat(room.role("bob")).contains(Role.OWNER);
    assertThat(room.role("cyd")).contains(Role.MEMBER);
  }

  @Test
  void aRoleChangeKeepsTheTimeOfJoining() {
    var room =
        after(
            publicRoomOf("ann"),
            RoomHistory.joinedAt("bob", NOW.plusSeconds(7)),
            role("ann", "bob", Role.MODERATOR));

    assertThat(room.members().get("bob"))
        .isEqualTo(new RoomState.Member(Role.MODERATOR, NOW.plusSeconds(7)));
  }

  @Test
  void aJoinUsesItsInvitation() {
    var room =
        after(
            publicRoomOf("ann"),
            invitation("ann", "i1", NOW.plusSeconds(9), OptionalInt.of(2)),
            invitedBack("bob", "i1"));

    assertThat(room.invitations())
        .hasEntrySatisfying("i1", one -> assertThat(one.used()).isEqualTo(1))
        .hasEntrySatisfying("i1", one -> assertThat(one.isUsable(NOW)).isTrue());
    assertThat(room.with(invitedBack("cyd", "i1")).invitations())
        .hasEntrySatisfying("i1", one -> assertThat(one.isUsable(NOW)).isFalse());
  }

  @Test
  void aJoinCountsEvenIfItsInvitationWasRevokedMeanwhile() {
    assertThat(after(publicRoomOf("ann"), invitedBack("bob", "i9")).isMember("bob")).isTrue();
  }

  @Test
  void aNewInvitationRemovesTheUnusableOnes() {
    var room =
        after(
            publicRoomOf("ann"),
            invitation("ann", "old", NOW, OptionalInt.empty()),
            invitation("ann", "new"));

    assertThat(room.invitations()).containsOnlyKeys("new");
  }

  @Test
  void onlyTheGivenSettingsChange() {
    var retention = new Retention(OptionalLong.empty(), OptionalLong.of(30));
    var room =
        after(
            publicRoomOf("ann"),
            settings(
                Optional.of("hall"),
                Optional.of("tea"),
                Optional.of(Visibility.PRIVATE),
                Optional.of("hash"),
                OptionalInt.of(3),
                Optional.of(retention)));

    var wanted =
        new RoomState.Settings(
            "hall",
            "tea",
            Visibility.PRIVATE,
            Optional.of("hash"),
            OptionalInt.of(3),
            Optional.of(retention));
    assertThat(room.settings()).isEqualTo(wanted);
    assertThat(room.with(nothing()).settings()).isEqualTo(wanted);
    assertThat(room.capacity()).isEqualTo(3);
  }

  @Test
  void anEmptyHashRemovesThePasscodeAndZeroTheCapacity() {
    var room =
        after(
            created("ann", Visibility.PUBLIC, Optional.of("hash"), OptionalInt.of(2)),
            settings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(""),
                OptionalInt.of(0),
                Optional.empty()));

    assertThat(room.settings().passcodeHash()).isEmpty();
    assertThat(room.settings().capacity()).isEmpty();
    assertThat(room.capacity()).isEqualTo(RoomHistory.BOUNDS.members());
  }

  @Test
  void aRoomsCapacityIsAtMostThatOfTheNode() {
    var room =
        after(created("ann", Visibility.PUBLIC, Optional.empty(), OptionalInt.of(1_000_000)));

    assertThat(room.capacity()).isEqualTo(RoomHistory.BOUNDS.members());
  }

  @Test
  void postsAreStoredWithTheirMeaning() {
    var room =
        after(
            publicRoomOf("ann"),
            said("ann", "1", "hello"),
            edited("ann", "2", 2, "hi"),
            redacted("ann", "3", 2));

    assertThat(room.recent().find(Key.of("ann", "1"))).contains(remembered(2, 0));
    assertThat(room.recent().find(Key.of("ann", "2"))).contains(remembered(3, 2));
    assertThat(room.recent().find(Key.of("ann", "3"))).contains(remembered(4, -2));
    assertThat(room.recent().find(Key.of("bob", "1"))).isEmpty();
  }

  @Test
  void theRedactionsOfADeletedAccountDisplaceNoIdsOfMembers() {
    var room = after(publicRoomOf("ann"), joined("bob"), said("bob", "1", "hello"), left("bob"));
    var before = room.recent().size();

    var erased = room.with(redacted("bob", "erased-3", 3));

    assertThat(erased.recent().size()).isEqualTo(before);
    assertThat(erased.recent().find(Key.of("bob", "1"))).isPresent();
  }

  @Test
  void senderAndIdAreSeparateInTheKey() {
    assertThat(Key.of("ann", "b")).isNotEqualTo(Key.of("an", "nb"));
  }

  @Test
  void aDeletedRoomHasNoMembersSettingsOrPosts() {
    var room =
        after(
            created("ann", Visibility.PUBLIC, Optional.of("hash"), OptionalInt.empty()),
            invitation("ann", "i1"),
            banned("ann", "eve"),
            said("ann", "1", "hello"),
            deleted("ann"));

    assertThat(room.phase()).isEqualTo(RoomState.Phase.DELETED);
    assertThat(room.lastSeq()).isEqualTo(5);
    assertThat(room.members()).isEmpty();
    assertThat(room.bans()).isEmpty();
    assertThat(room.invitations()).isEmpty();
    assertThat(room.recent().size()).isZero();
    assertThat(room.settings()).isEqualTo(RoomState.absent(RoomHistory.BOUNDS).settings());
  }

  @Test
  void slowModeKeepsTheTimeOfEachMembersLastMessage() {
    var slow = after(publicRoomOf("ann"), slowMode(30), said("bob", "1", "hi"));

    assertThat(slow.lastWords()).containsOnly(entry("bob", NOW));
    assertThat(RoomSnapshot.of(slow).restored(RoomHistory.BOUNDS)).isEqualTo(slow);
    assertThat(slow.with(slowMode(10)).lastWords()).containsOnlyKeys("bob");
    assertThat(slow.with(slowMode(0)).lastWords()).isEmpty();
    assertThat(slow.with(slowMode(0)).settings().moderation()).isEmpty();
    assertThat(slow.with(slowMode(0)).with(said("bob", "2", "hi")).lastWords()).isEmpty();
  }

  @Test
  void slowModeDropsTimesThatNoLongerMatter() {
    var slow = after(publicRoomOf("ann"), slowMode(30));
    for (var i = 0; i < 1000; i++)
      slow =
          slow.with(
              new RoomEvent.Posted(
                  "user" + i, NOW.plusSeconds(i), "1", "hi", OptionalLong.empty()));

    assertThat(slow.lastWords().size()).isLessThanOrEqualTo(64);
  }

  private static RoomEvent slowMode(int seconds) {
    return RoomHistory.moderated(new Moderation(OptionalInt.of(seconds), Optional.empty()));
  }

  private static Remembered remembered(long seq, long meant) {
    return new Remembered(seq, NOW.toEpochMilli(), meant);
  }

  private static RoomEvent nothing() {
    return settings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static RoomEvent settings(
      Optional<String> name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<String> passcodeHash,
      OptionalInt capacity,
      Optional<Retention> retention) {
    return new RoomEvent.SettingsChanged(
        "ann", NOW, name, topic, visibility, passcodeHash, capacity, retention);
  }
}
