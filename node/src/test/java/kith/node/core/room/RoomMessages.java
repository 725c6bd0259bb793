package kith.node.core.room;

import static kith.node.RemoteActors.elsewhere;
import static kith.node.core.room.RoomHistory.NOW;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import kith.node.feature.receipts.Receipt;
import kith.node.feature.receipts.ReceiptSpread;
import kith.node.feature.receipts.RoomReceipts;
import kith.node.feature.typing.RoomTyping;
import kith.node.feature.typing.TypingUsers;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.ShownTo;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Moderation;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/// One example of each message between rooms, their relays and their callers, with every field
/// filled. Messages that a release has sent are never changed here.
public final class RoomMessages {
  private static final Retention RETENTION = new Retention(OptionalLong.of(5), OptionalLong.of(90));

  static final Moderation MODERATION = new Moderation(OptionalInt.of(30), Optional.of(true));

  private RoomMessages() {}

  public static List<CborSerializable> asked(ActorSystem<?> here) {
    ActorRef<Room.ToRelay> relay = elsewhere(here, "relay");
    ActorRef<Room.Outcome> outcome = elsewhere(here, "outcome");
    ActorRef<RoomView.Answer> answer = elsewhere(here, "answer");
    return Stream.<Stream<? extends CborSerializable>>of(
            Stream.of(
                new Room.Create(
                    "ann",
                    "lobby",
                    "tea",
                    Visibility.PRIVATE,
                    Optional.of("hash"),
                    OptionalInt.of(5),
                    Optional.of(RETENTION),
                    Optional.empty(),
                    outcome),
                new Room.Join("bob", Optional.of("sesame"), Optional.of("hash"), outcome),
                new Room.Leave("bob", true, outcome),
                new Room.Attach(relay),
                new Room.LogReaches(17),
                new Room.Admit("ann", relay),
                new Room.Batch(3, posts(), relay),
                new Room.Administer("olga", new RoomAction.ChangeRole("bob", Role.OWNER), outcome)),
            Stream.of(
                new RoomTyping.Report(typist(), relay),
                new RoomReceipts.Report(List.of(new Receipt("bob", 17, 15, policy()))),
                new RoomReceipts.Subscribe(relay)),
            acts().stream().map(act -> new Room.Perform("ann", act, outcome)),
            questions().stream().map(question -> new Room.Look(question, answer)),
            Stream.of(
                new Room.Rebuild("mentions", outcome),
                direct(outcome),
                new Room.RedactOwn("ann", Set.of(7L), outcome),
                new Room.Age(),
                new Room.Submit(
                    new Post.Say("ann", "m-1", "hello", OptionalLong.empty()),
                    elsewhere(here, "verdict"))),
            Stream.of(
                new Room.Perform(
                    "ann", RoomAction.ChangeSettings.of(Optional.of(MODERATION)), outcome),
                new Room.Administer("bob", new RoomAction.Enter("bob"), outcome)))
        .<CborSerializable>flatMap(some -> some)
        .toList();
  }

  private static Room.Create direct(ActorRef<Room.Outcome> outcome) {
    return new Room.Create(
        "ann",
        "",
        "",
        Visibility.DIRECT,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(List.of("ann", "bob")),
        outcome);
  }

  private static TypingUsers.Typist typist() {
    return new TypingUsers.Typist("ann", policy());
  }

  private static List<Post> posts() {
    return List.of(
        new Post.Say("ann", "id-1", "hällo 😀", OptionalLong.of(2)),
        new Post.Edit("ann", "id-2", 2, "hello"),
        new Post.Redact("ann", "id-3", 2, Optional.of("spam")));
  }

  private static List<RoomAction> acts() {
    return List.of(
        new RoomAction.Kick("bob", Optional.of("spam")),
        new RoomAction.Ban("bob", Optional.of("spam")),
        new RoomAction.Unban("bob"),
        new RoomAction.ChangeRole("bob", Role.OWNER),
        new RoomAction.ChangeSettings(
            Optional.of("hall"),
            Optional.of("coffee"),
            Optional.of(Visibility.PRIVATE),
            Optional.of("hash"),
            OptionalInt.of(3),
            Optional.of(RETENTION)),
        new RoomAction.Invite("i1", "token-hash", NOW.plusSeconds(60), OptionalInt.of(2)),
        new RoomAction.Revoke("i1"),
        new RoomAction.Delete());
  }

  private static List<RoomView.Question> questions() {
    return List.of(
        new RoomView.Description("ann"),
        new RoomView.Membership("ann"),
        new RoomView.Members("ann", Optional.of("bob"), 5),
        new RoomView.Bans("ann"),
        new RoomView.Invitations("ann"),
        new RoomView.Preview("token-hash"),
        new RoomView.Those("ann", Set.of("bob")),
        new RoomView.Prospect("bob", Optional.of("token-hash"), true));
  }

  public static List<CborSerializable> answered(ActorSystem<?> here) {
    return List.of(
        Room.DONE,
        new Room.Denied(Code.BANNED),
        new RoomView.Described(
            summary(), Optional.of(Role.OWNER), Optional.empty(), Optional.empty()),
        new RoomView.IsMember(17),
        new RoomView.MemberList(List.of(new RoomView.Person("bob", Role.MODERATOR, NOW)), true),
        new RoomView.BanList(List.of("eve")),
        new RoomView.InvitationList(
            List.of(new RoomView.Invitation("i1", "ann", NOW.plusSeconds(60), OptionalInt.of(2)))),
        new RoomView.Denied(Code.UNKNOWN_ROOM),
        new Room.Attached(elsewhere(here, "room"), 17),
        new Room.NoRoom(),
        new Room.Admission("eve", Optional.of(Code.NOT_A_MEMBER), 17),
        new Room.Committed(3, RoomExamples.events()),
        new Room.BatchDone(
            3, List.of(new Post.Accepted(17, NOW), new Post.Refused(Code.ID_REUSED))),
        new Room.BatchDone(4, List.of(new Post.Accepted(18, NOW, Optional.of(new Counts(7))))),
        new Post.Accepted(19, NOW, Optional.of(new Counts(8))),
        new Post.Refused(Code.UNAVAILABLE),
        new Room.Done(Optional.of(new Place(18, new Counts(7)))),
        new RoomView.Described(
            summary(), Optional.of(Role.MEMBER), Optional.of("bob"), Optional.empty()),
        new RoomView.Described(
            summary(),
            Optional.of(Role.MODERATOR),
            Optional.empty(),
            Optional.of(new RoomView.WrongPasscodes(3, NOW, List.of("mallory")))),
        new RoomView.AreMembers(Set.of("bob")),
        new RoomView.MayJoin(),
        new RoomTyping.Reported(typist()),
        new RoomReceipts.Changed(List.of(new Receipt("bob", 17, 15, policy()))),
        new RoomReceipts.Counted(new ReceiptSpread(List.of(new ReceiptSpread.Step(17, 120, 98)))),
        new Post.Refused(Code.SLOW_MODE, OptionalLong.of(125)),
        new RoomView.Described(
            RoomView.summary("r1", RoomExamples.slow()),
            Optional.of(Role.MEMBER),
            Optional.empty(),
            Optional.empty()));
  }

  private static PrivacyPolicy policy() {
    return new PrivacyPolicy(
        Set.of("eve"), new PrivacySettings(ShownTo.EVERYONE, ShownTo.CONTACTS, true), 3);
  }

  private static RoomView.Summary summary() {
    return new RoomView.Summary(
        "r1",
        "lobby",
        "tea",
        Visibility.PUBLIC,
        true,
        OptionalInt.of(50),
        Optional.of(RETENTION),
        3,
        NOW,
        17);
  }
}
