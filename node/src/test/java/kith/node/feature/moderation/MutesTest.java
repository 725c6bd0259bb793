package kith.node.feature.moderation;

import static kith.node.core.room.RoomHistory.NOW;
import static kith.node.core.room.RoomHistory.after;
import static kith.node.core.room.RoomHistory.joined;
import static kith.node.core.room.RoomHistory.moderated;
import static kith.node.core.room.RoomHistory.publicRoomOf;
import static kith.node.core.room.RoomHistory.role;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.node.core.room.Post;
import kith.node.core.room.Program;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.rest.RoomRequests.Moderation;
import org.junit.jupiter.api.Test;

class MutesTest {
  private static final Instant END = NOW.plusSeconds(600);

  /// Ann owns the room, mo moderates it, bob is a member with a bot.
  private final RoomState room =
      after(
          publicRoomOf("ann"),
          joined("mo"),
          role("ann", "mo", Role.MODERATOR),
          joined("bob"),
          new RoomEvent.Joined("robot", NOW, Optional.empty(), Optional.of("bob")));

  private final Mutes mutes = Mutes.of(List.of(mute("bob", END)));

  @Test
  void aMutedMemberNeitherWritesNorEditsUntilTheEnd() {
    assertThat(refusal(say("bob"), NOW)).contains(muted(Duration.ofMinutes(10)));
    assertThat(refusal(new Post.Edit("bob", "1", 3, "new"), NOW))
        .contains(muted(Duration.ofMinutes(10)));
    assertThat(refusal(say("bob"), END.minusMillis(1))).contains(muted(Duration.ofMillis(1)));
    assertThat(refusal(say("bob"), END)).isEmpty();
    assertThat(refusal(say("ann"), NOW)).isEmpty();
  }

  @Test
  void aMutedMemberMayWithdrawAMessageButNotSpeakInTheReason() {
    assertThat(refusal(new Post.Redact("bob", "1", 3, Optional.empty()), NOW)).isEmpty();
    assertThat(refusal(new Post.Redact("bob", "1", 3, Optional.of("ann lies")), NOW)).isPresent();
  }

  @Test
  void aMutedMemberDoesNotSpeakThroughACommandOfABot() {
    assertThat(refusal(answer("bob"), NOW)).isPresent();
    assertThat(refusal(answer("mo"), NOW)).isEmpty();
  }

  private static Post answer(String caller) {
    return new Post.Say(
        "poll",
        "1",
        "hello",
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Program.answering(new Program.Call("c1", "say", caller))));
  }

  @Test
  void aMutedMemberSpeaksNeitherThroughItsBotNorThroughAHook() {
    var ofHook =
        new Post.Say(
            "@grafana",
            "1",
            "hello",
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Program(Program.HOOK, Optional.of("grafana"), Optional.of("bob"))));

    assertThat(refusal(say("robot"), NOW)).isPresent();
    assertThat(refusal(ofHook, NOW)).isPresent();
  }

  @Test
  void aBotCanBeMutedWithoutItsOwner() {
    var ofBot = Mutes.of(List.of(mute("robot", END)));

    assertThat(ofBot.refusal(room, say("robot"), NOW)).isPresent();
    assertThat(ofBot.refusal(room, say("bob"), NOW)).isEmpty();
  }

  @Test
  void mutingNeedsAHigherRoleThanThatOfTheMember() {
    assertThat(Mutes.objection(room, "mo", "bob")).isEmpty();
    assertThat(Mutes.objection(room, "ann", "mo")).isEmpty();
    assertThat(Mutes.objection(room, "bob", "mo")).contains(Code.NOT_ALLOWED);
    assertThat(Mutes.objection(room, "bob", "robot")).contains(Code.NOT_ALLOWED);
    assertThat(Mutes.objection(room, "mo", "mo")).contains(Code.NOT_ALLOWED);
    assertThat(Mutes.objection(room, "mo", "ann")).contains(Code.NOT_ALLOWED);
    assertThat(Mutes.objection(room, "mo", "eve")).contains(Code.UNKNOWN_MEMBER);
    assertThat(Mutes.objection(room, "eve", "bob")).contains(Code.NOT_A_MEMBER);
  }

  @Test
  void nobodyEndsTheirOwnMute() {
    assertThat(Mutes.objectionToEnd(room, "mo", "bob")).isEmpty();
    assertThat(Mutes.objectionToEnd(room, "mo", "left")).isEmpty();
    assertThat(Mutes.objectionToEnd(room, "mo", "mo")).contains(Code.NOT_ALLOWED);
    assertThat(Mutes.objectionToEnd(room, "bob", "bob")).contains(Code.NOT_ALLOWED);
  }

  @Test
  void nobodyIsMutedInAnArchivedRoom() {
    var archived = after(room, List.of(moderated("olga", Moderation.archiving(true))));

    assertThat(Mutes.objection(archived, "mo", "bob")).contains(Code.ROOM_ARCHIVED);
    assertThat(Mutes.objectionToEnd(archived, "mo", "bob")).contains(Code.ROOM_ARCHIVED);
    assertThat(Mutes.objection(archived, "eve", "bob")).contains(Code.NOT_A_MEMBER);
  }

  @Test
  void theMemoryOfARoomKeepsNoMutesThatHaveEnded() {
    var later = new Mute("eve", "ann", END, END.plusSeconds(1), Optional.empty());

    assertThat(mutes.with(later).byUser()).containsOnlyKeys("eve");
  }

  @Test
  void usersSeeOnlyTheirOwnMute() {
    var standing = new RoomModeration.Standing(List.of(mute("bob", END), mute("eve", END)));

    assertThat(Concern.of("bob", standing).mute()).contains(mute("bob", END));
    assertThat(Concern.of("mo", standing)).isEqualTo(Concern.NONE);
  }

  @Test
  void moderatorsDoNotSeeReportsOfTheirOwnMessages() {
    var standing =
        new RoomModeration.Standing(
            List.of(),
            Optional.of(
                new RoomModeration.Pending(
                    Set.of("ann", "mo"),
                    List.of(
                        new RoomModeration.OpenReports("mo", 2),
                        new RoomModeration.OpenReports("bob", 3)))));

    assertThat(Concern.of("ann", standing).reports()).isEqualTo(5);
    assertThat(Concern.of("mo", standing).reports()).isEqualTo(3);
    assertThat(Concern.of("bob", standing)).isEqualTo(Concern.NONE);
  }

  private Optional<Post.Refused> refusal(Post post, Instant now) {
    return mutes.refusal(room, post, now);
  }

  private static Post.Refused muted(Duration left) {
    return new Post.Refused(Code.MUTED, OptionalLong.of(left.toMillis()));
  }

  private static Post.Say say(String sender) {
    return new Post.Say(sender, "1", "hello", OptionalLong.empty());
  }

  private static Mute mute(String user, Instant until) {
    return new Mute(user, "ann", NOW, until, Optional.of("spam"));
  }
}
