package kith.node.feature.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.node.core.room.Counts;
import kith.node.core.room.Tally;
import kith.node.feature.mentions.Mention;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Visibility;

/// One of each message between nodes about what is new in rooms, with every field filled. What a
/// release has sent is not changed here any more.
public final class InboxMessages {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");

  private InboxMessages() {}

  public static List<CborSerializable> all() {
    var latest = new Tally.Latest(17, NOON, "ann", Optional.of("hällo 😀"));
    return List.of(
        new InboxNews.FromNode(
            List.of(
                new RoomSummary(
                    "r1",
                    "lobby",
                    Visibility.PRIVATE,
                    18,
                    new Tally(new Counts(7), Optional.of(latest)),
                    List.of(new RoomSummary.Gone("bob", 18))))),
        new InboxNews.FromNode(
            List.of(
                new RoomSummary(
                    "r1",
                    "lobby",
                    Visibility.PRIVATE,
                    18,
                    new Tally(new Counts(7), Optional.of(latest), 18),
                    List.of(new RoomSummary.Gone("bob", 18)),
                    Optional.of(List.of(new Mention(18, "ann", List.of("bob", "@room"))))))));
  }
}
