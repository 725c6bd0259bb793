package kith.node.core.room;

import static kith.node.core.room.RoomHistory.NOW;
import static kith.node.core.room.RoomHistory.after;
import static kith.node.core.room.RoomHistory.joined;
import static kith.node.core.room.RoomHistory.privateRoomOf;
import static kith.node.core.room.RoomHistory.publicRoomOf;
import static kith.node.core.room.RoomHistory.role;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.room.RoomRules.Decided;
import kith.node.core.room.RoomRules.Decision;
import kith.node.core.room.RoomRules.Refused;
import kith.protocol.Code;
import kith.protocol.Role;
import org.junit.jupiter.api.Test;

/// The rights of a bot in a room are those of its owner at most.
class BotRulesTest {
  /// Ann's room, with bob and his bot.
  private final RoomState room = after(publicRoomOf("ann"), joined("bob"), bot("weather", "bob"));

  @Test
  void aBotJoinsThroughItsOwner() {
    assertThat(joins(after(publicRoomOf("ann")), "weather", "ann")).isEqualTo(comes("ann"));
    assertThat(joins(after(privateRoomOf("ann")), "weather", "ann")).isEqualTo(comes("ann"));
    assertThat(joins(after(publicRoomOf("ann")), "weather", "eve"))
        .isEqualTo(new Refused(Code.NOT_A_MEMBER));
    assertThat(joins(after(privateRoomOf("ann")), "weather", "eve"))
        .isEqualTo(new Refused(Code.UNKNOWN_ROOM));
  }

  @Test
  void aMemberWhoMayNotInviteBringsNoBotToAPrivateRoom() {
    var hidden = after(privateRoomOf("ann"), joined("bob"));

    assertThat(joins(hidden, "weather", "bob")).isEqualTo(new Refused(Code.NOT_ALLOWED));
    assertThat(joins(hidden.with(role("ann", "bob", Role.MODERATOR)), "weather", "bob"))
        .isEqualTo(comes("bob"));
    assertThat(joins(after(publicRoomOf("ann"), joined("bob")), "weather", "bob"))
        .isEqualTo(comes("bob"));
  }

  @Test
  void aBotBringsNoBot() {
    assertThat(joins(room, "other", "weather")).isEqualTo(new Refused(Code.NOT_ALLOWED));
  }

  @Test
  void aBotLeavesWithItsOwner() {
    assertThat(events(RoomRules.leave(room, "bob", false, NOW)))
        .containsExactly(new RoomEvent.Left("bob", NOW), gone("bob"));
    assertThat(events(does("ann", new RoomAction.Kick("bob", Optional.empty()))))
        .containsExactly(new RoomEvent.Kicked("ann", NOW, "bob", Optional.empty()), gone("bob"));
    assertThat(events(does("ann", new RoomAction.Ban("bob", Optional.empty()))))
        .containsExactly(new RoomEvent.Banned("ann", NOW, "bob", Optional.empty()), gone("bob"));
  }

  @Test
  void aFormerMemberHasNoBotInTheRoom() {
    var without = room.with(new RoomEvent.Left("bob", NOW));

    assertThat(without.isMember("weather")).isFalse();
    assertThat(without.role("weather")).isEmpty();
  }

  @Test
  void theRoleOfABotIsTheLowerOfBoth() {
    var promoted = room.with(role("ann", "weather", Role.MODERATOR));

    assertThat(promoted.role("weather")).contains(Role.MEMBER);
    assertThat(promoted.with(role("ann", "bob", Role.MODERATOR)).role("weather"))
        .contains(Role.MODERATOR);
    assertThat(room.with(role("ann", "bob", Role.OWNER)).role("weather")).contains(Role.MEMBER);
    assertThat(does("ann", new RoomAction.ChangeRole("weather", Role.OWNER)))
        .isEqualTo(new Refused(Code.NOT_ALLOWED));
  }

  @Test
  void aBotDoesNotBecomeTheOwnerOfARoom() {
    var only = after(publicRoomOf("bob"), bot("weather", "bob"));

    assertThat(events(RoomRules.leave(only, "bob", false, NOW)))
        .containsExactly(new RoomEvent.Left("bob", NOW), gone("bob"));
  }

  @Test
  void aBotsMessagesAreMarked() {
    var say = new Post.Say("weather", "1", "rain", OptionalLong.empty());

    var decision = PostRules.decide(room, List.of(say), PostLookUp.NONE, List.of(), NOW);

    assertThat(((RoomEvent.Posted) decision.events().getFirst()).program())
        .contains(new Program(Program.BOT, Optional.empty(), Optional.of("bob")));
  }

  @Test
  void aBotsAnswerNamesItsCallerAndItsOwner() {
    var call = new Program.Call("c1", "forecast", "ann");
    var say =
        new Post.Say(
            "weather",
            "call-c1",
            "rain",
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Program.answering(call)));

    var decision = PostRules.decide(room, List.of(say), PostLookUp.NONE, List.of(), NOW);

    assertThat(((RoomEvent.Posted) decision.events().getFirst()).program())
        .contains(
            new Program(Program.BOT, Optional.empty(), Optional.of("bob"), Optional.of(call)));
  }

  private static RoomEvent bot(String name, String owner) {
    return new RoomEvent.Joined(name, NOW, Optional.empty(), Optional.of(owner));
  }

  private static Decision comes(String owner) {
    return new Decided(bot("weather", owner));
  }

  private static Decision joins(RoomState room, String bot, String owner) {
    var applicant =
        new Applicant(
            bot,
            Optional.of(owner),
            Optional.empty(),
            Applicant.Passcode.NONE,
            Applicant.Approval.NONE);
    return RoomRules.join(room, applicant, NOW);
  }

  private Decision does(String by, RoomAction act) {
    return RoomRules.act(room, by, act, NOW);
  }

  private static RoomEvent gone(String owner) {
    return new RoomEvent.Kicked(
        owner, NOW, "weather", Optional.of("The owner of this bot is no longer a member."));
  }

  private static List<RoomEvent> events(Decision decision) {
    return ((Decided) decision).events();
  }
}
