package kith.node.core.room;

import static kith.node.core.room.RoomHistory.BOUNDS;
import static kith.node.core.room.RoomHistory.NOW;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Retention;

/// One example of each kind of data in the journal, with every field filled. Data that a release
/// has written is never changed here: see `RoomStoredBytesTest`.
final class RoomExamples {
  private static final Retention RETENTION = new Retention(OptionalLong.of(5), OptionalLong.of(90));

  private static final RoomEvent TRUNCATED = new RoomEvent.Truncated(NOW, 3, 1);

  private RoomExamples() {}

  static List<Object> kept() {
    var kept = new ArrayList<Object>(events());
    kept.add(RoomSnapshot.of(room()));
    kept.add(
        new RoomEvent.Posted("ann", NOW, "id-4", "hello", OptionalLong.of(7), OptionalLong.of(3)));
    kept.add(RoomSnapshot.of(talkative()));
    kept.add(mentioning());
    kept.add(RoomSnapshot.of(talkative().with(mentioning())));
    kept.add(conversation());
    // its file has the time as a number, those before it as a text
    kept.add(
        new RoomEvent.Posted(
            "ann", NOW.plusMillis(1), "id-6", "hi", OptionalLong.empty(), OptionalLong.of(4)));
    kept.add(RoomSnapshot.of(withOlderPosts()));
    kept.add(TRUNCATED);
    kept.add(RoomSnapshot.of(talkative().with(TRUNCATED)));
    kept.add(ofProgram());
    kept.add(ofBot());
    kept.add(RoomSnapshot.of(talkative().with(ofBot())));
    kept.add(slower());
    kept.add(RoomSnapshot.of(slow().with(RoomHistory.said("bob", "m", "hi"))));
    kept.add(answer());
    kept.add(
        new RoomEvent.Posted("bob", NOW, "id-7", "at five?", OptionalLong.of(8), OptionalLong.of(5))
            .inThread(7));
    return kept;
  }

  private static RoomEvent answer() {
    return new RoomEvent.Posted(
        "weather",
        NOW,
        "call-c1",
        "rain",
        OptionalLong.empty(),
        OptionalLong.of(3),
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            Program.bot(
                "ann", Optional.of(Program.answering(new Program.Call("c1", "forecast", "bob"))))));
  }

  private static RoomEvent ofBot() {
    return new RoomEvent.Joined("weather", NOW, Optional.empty(), Optional.of("ann"));
  }

  static RoomState slow() {
    return talkative().with(slower());
  }

  private static RoomEvent slower() {
    return RoomHistory.moderated(RoomMessages.MODERATION);
  }

  private static RoomEvent ofProgram() {
    return new RoomEvent.Posted(
        "@grafana",
        NOW,
        "hook-1",
        "the disk is full",
        OptionalLong.empty(),
        OptionalLong.of(3),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Program(Program.HOOK, Optional.of("grafana"), Optional.of("ann"))));
  }

  private static RoomState withOlderPosts() {
    var room = talkative();
    for (var i = 0; i < 2 * BOUNDS.posts().generation(); i++)
      room = room.with(RoomHistory.said("ann", "later-" + i, "more"));
    return room;
  }

  private static RoomEvent mentioning() {
    return new RoomEvent.Posted(
        "ann",
        NOW,
        "id-5",
        "hello @bob and @room",
        OptionalLong.empty(),
        OptionalLong.of(2),
        Optional.of(List.of("bob", "@room")));
  }

  private static RoomEvent conversation() {
    return new RoomEvent.Created(
        "ann",
        NOW,
        "",
        "",
        Visibility.DIRECT,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(List.of("ann", "bob")));
  }

  /// Events of every kind.
  static List<RoomEvent> everyEvent() {
    return Stream.concat(events().stream(), Stream.of(TRUNCATED)).toList();
  }

  /// The events in the stored bytes of a commit.
  static List<RoomEvent> events() {
    return List.of(
        new RoomEvent.Created(
            "ann",
            NOW,
            "lobby",
            "tea",
            Visibility.PUBLIC,
            Optional.of("hash"),
            OptionalInt.of(50),
            Optional.of(RETENTION)),
        new RoomEvent.Posted("ann", NOW.plusMillis(125), "id-1", "hällo 😀", OptionalLong.of(7)),
        new RoomEvent.Edited("ann", NOW, "id-2", 2, "hello"),
        new RoomEvent.Redacted("bob", NOW, "id-3", 2, Optional.of("wrong room")),
        new RoomEvent.Joined("bob", NOW, Optional.of("i1")),
        new RoomEvent.Left("bob", NOW),
        new RoomEvent.Kicked("ann", NOW, "bob", Optional.of("spam")),
        new RoomEvent.Banned("ann", NOW, "bob", Optional.of("spam")),
        new RoomEvent.Unbanned("ann", NOW, "bob"),
        new RoomEvent.RoleChanged("ann", NOW, "bob", Role.MODERATOR),
        new RoomEvent.SettingsChanged(
            "ann",
            NOW,
            Optional.of("hall"),
            Optional.of("coffee"),
            Optional.of(Visibility.PRIVATE),
            Optional.of("hash"),
            OptionalInt.of(3),
            Optional.of(RETENTION)),
        new RoomEvent.Invited(
            "ann", NOW, "i1", "token-hash", NOW.plusSeconds(60), OptionalInt.of(2)),
        new RoomEvent.InvitationRevoked("ann", NOW, "i1"),
        new RoomEvent.Deleted("ann", NOW));
  }

  /// A room with every field filled.
  static RoomState room() {
    var room =
        RoomHistory.after(
            events().getFirst(),
            RoomHistory.joined("bob"),
            RoomHistory.role("ann", "bob", Role.MODERATOR),
            RoomHistory.banned("bob", "eve"),
            new RoomEvent.Invited(
                "ann", NOW, "i1", "token-hash", NOW.plusSeconds(60), OptionalInt.of(2)),
            RoomHistory.said("ann", "m", "hello"),
            RoomHistory.edited("ann", "e", 6, "hi"),
            RoomHistory.redacted("bob", "r", 6));
    for (var i = 0; i < BOUNDS.posts().generation(); i++)
      room = room.with(RoomHistory.said("bob", "id-" + i, "more"));
    return room;
  }

  /// A room with counted messages.
  private static RoomState talkative() {
    return RoomHistory.after(
        events().getFirst(),
        new RoomEvent.Posted(
            "ann", NOW, "id-1", "hällo 😀", OptionalLong.empty(), OptionalLong.of(1)));
  }
}
