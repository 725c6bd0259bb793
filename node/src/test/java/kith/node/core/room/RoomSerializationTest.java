package kith.node.core.room;

import static kith.node.core.room.RoomHistory.BOUNDS;
import static kith.node.core.room.RoomHistory.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import kith.node.LocalActors;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoomSerializationTest {
  private static final ActorTestKit KIT = LocalActors.create();

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @ParameterizedTest
  @MethodSource({"events", "emptyEvents", "acts", "questions", "answers", "fromRoom"})
  void messagesAndEventsAreDeserializedUnchanged(Object message) {
    assertThat(KIT.serializationTestKit().verifySerialization(message, false)).isEqualTo(message);
  }

  @Test
  void aSnapshotRestoresItsRoom() {
    var room = RoomExamples.room();

    var kept = KIT.serializationTestKit().verifySerialization(RoomSnapshot.of(room), false);

    assertThat(kept.restored(BOUNDS)).isEqualTo(room);
  }

  @Test
  void theSnapshotOfADeletedRoomRestoresIt() {
    var room = RoomExamples.room().with(RoomHistory.deleted("ann"));

    var kept = KIT.serializationTestKit().verifySerialization(RoomSnapshot.of(room), false);

    assertThat(kept.restored(BOUNDS)).isEqualTo(room);
  }

  @Test
  void everyKindOfEventHasAnExample() {
    assertThat(RoomExamples.everyEvent())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(RoomEvent.class.getPermittedSubclasses()).filter(Class::isRecord).toList());
  }

  static Stream<?> events() {
    return RoomExamples.everyEvent().stream();
  }

  static Stream<?> emptyEvents() {
    return Stream.of(
        RoomHistory.publicRoomOf("ann"),
        RoomHistory.said("ann", "1", "hello"),
        RoomHistory.redacted("ann", "1", 2),
        RoomHistory.joined("bob"),
        RoomHistory.kicked("ann", "bob"),
        RoomHistory.invitation("ann", "i1"));
  }

  static Stream<?> posts() {
    return Stream.of(
        new Post.Say("ann", "1", "hello", OptionalLong.of(2)),
        new Post.Edit("ann", "1", 2, "hello"),
        new Post.Redact("ann", "1", 2, Optional.of("spam")));
  }

  static Stream<?> acts() {
    ActorRef<Room.Outcome> replyTo = KIT.<Room.Outcome>createTestProbe().ref();
    return Stream.<RoomAction>of(
            new RoomAction.Kick("bob", Optional.of("spam")),
            new RoomAction.Ban("bob", Optional.empty()),
            new RoomAction.Unban("bob"),
            new RoomAction.ChangeRole("bob", Role.OWNER),
            new RoomAction.ChangeSettings(
                Optional.of("hall"),
                Optional.of("tea"),
                Optional.of(Visibility.PRIVATE),
                Optional.of("hash"),
                OptionalInt.of(3),
                Optional.empty()),
            new RoomAction.Invite("i1", "hash", NOW, OptionalInt.of(2)),
            new RoomAction.Revoke("i1"),
            new RoomAction.Delete(),
            new RoomAction.Enter("bob"))
        .map(act -> new Room.Perform("ann", act, replyTo));
  }

  static Stream<?> questions() {
    var replyTo = KIT.<RoomView.Answer>createTestProbe().ref();
    return asked().map(question -> new Room.Look(question, replyTo));
  }

  private static Stream<RoomView.Question> asked() {
    return Stream.of(
        new RoomView.Description("ann"),
        new RoomView.Membership("ann"),
        new RoomView.Members("ann", Optional.of("bob"), 5),
        new RoomView.Bans("ann"),
        new RoomView.Invitations("ann"),
        new RoomView.Preview("hash"));
  }

  static Stream<?> answers() {
    var room = RoomExamples.room();
    return Stream.concat(
        asked().map(question -> RoomView.answer("r1", room, question, Optional.empty(), NOW)),
        Stream.of(
            RoomView.answer("r1", room, new RoomView.Preview("token-hash"), Optional.empty(), NOW),
            new RoomView.Denied(Code.UNKNOWN_ROOM)));
  }

  static Stream<?> fromRoom() {
    return Stream.of(
        new Room.Attached(KIT.<Room.Command>createTestProbe().ref(), 17),
        new Room.NoRoom(),
        new Room.Admission("ann", Optional.of(Code.NOT_A_MEMBER), 17),
        new Room.Admission("ann", Optional.empty(), 17),
        new Room.Committed(3, RoomExamples.events()),
        new Room.BatchDone(
            4, List.of(new Post.Accepted(17, NOW), new Post.Refused(Code.ID_REUSED))),
        Room.DONE,
        new Room.Denied(Code.BANNED));
  }

  @Test
  void commandsAreDeserializedUnchanged() {
    var relay = KIT.<Room.ToRelay>createTestProbe().ref();
    var outcome = KIT.<Room.Outcome>createTestProbe().ref();
    var answer = KIT.<RoomView.Answer>createTestProbe().ref();
    var commands =
        List.<Room.Command>of(
            new Room.Create(
                "ann",
                "lobby",
                "tea",
                Visibility.PRIVATE,
                Optional.of("hash"),
                OptionalInt.of(5),
                Optional.empty(),
                Optional.empty(),
                outcome),
            new Room.Join("bob", Optional.of("sesame"), Optional.of("hash"), outcome),
            new Room.Leave("bob", true, outcome),
            new Room.Perform("ann", new RoomAction.Kick("bob", Optional.of("spam")), outcome),
            new Room.Administer("olga", new RoomAction.Delete(), outcome),
            new Room.Look(new RoomView.Membership("ann"), answer),
            new Room.Attach(relay),
            new Room.LogReaches(17),
            new Room.Admit("ann", relay));

    for (var command : commands)
      assertThat(KIT.serializationTestKit().verifySerialization(command, false)).isEqualTo(command);
  }

  @Test
  void aBatchIsDeserializedUnchanged() {
    var relay = KIT.<Room.ToRelay>createTestProbe().ref();
    var posts = posts().map(Post.class::cast).toList();

    var batch = new Room.Batch(3, posts, relay);

    assertThat(KIT.serializationTestKit().verifySerialization(batch, true)).isEqualTo(batch);
  }

  @Test
  void aRetryIsRecognizedAfterASnapshot() {
    var restored = RoomSnapshot.of(RoomExamples.room()).restored(BOUNDS);

    var again =
        PostRules.decide(
            restored,
            List.of(new Post.Say("ann", "m", "hello", OptionalLong.empty())),
            PostLookUp.NONE,
            List.of(),
            NOW.plusSeconds(9));

    assertThat(again.verdicts()).containsExactly(new Post.Accepted(6, NOW));
    assertThat(Set.copyOf(again.events())).isEmpty();
  }
}
