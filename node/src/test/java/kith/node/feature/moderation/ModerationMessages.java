package kith.node.feature.moderation;

import static kith.node.RemoteActors.elsewhere;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import kith.node.core.room.Room;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each message of moderation between nodes. Messages that were sent in a release must not
/// be changed here.
public final class ModerationMessages {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.125Z");

  private ModerationMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    ActorRef<Room.Outcome> outcome = elsewhere(here, "outcome");
    ActorRef<RoomModeration.Answer> answer = elsewhere(here, "answer");
    var mute = new Mute("bob", "ann", NOW, NOW.plusSeconds(600), Optional.of("spam"));
    return List.of(
        new RoomModeration.Ask(elsewhere(here, "relay")),
        new RoomModeration.MuteUser("ann", "bob", 600_000, Optional.of("spam"), outcome),
        new RoomModeration.EndMute("ann", "bob", outcome),
        new RoomModeration.ListMutes("ann", answer),
        new RoomModeration.MuteList(List.of(mute)),
        new RoomModeration.Denied(Code.NOT_ALLOWED),
        new RoomModeration.Standing(List.of(mute)),
        new RoomModeration.Standing(
            List.of(),
            Optional.of(
                new RoomModeration.Pending(
                    Set.of("ann"), List.of(new RoomModeration.OpenReports("bob", 2))))),
        new RoomModeration.Standing(
            List.of(),
            Optional.of(new RoomModeration.Pending(Set.of("ann"), List.of(), OptionalInt.of(3)))),
        new RoomModeration.Recount(),
        new BacklogNews.FromNode(Set.of("r1")));
  }
}
