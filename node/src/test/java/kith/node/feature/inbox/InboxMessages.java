package kith.node.feature.inbox;

import static kith.node.RemoteActors.elsewhere;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import kith.node.core.account.Page;
import kith.node.core.room.Counts;
import kith.node.core.room.Tally;
import kith.node.feature.conversations.Conversation;
import kith.node.feature.mentions.Mention;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacySettings;
import kith.node.privacy.Relations;
import kith.protocol.ShownTo;
import kith.protocol.Visibility;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each inbox message between nodes, with every field filled. Examples of a release are not
/// changed afterwards.
public final class InboxMessages {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");

  private InboxMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    return Stream.of(news(), toAccount(here), fromAccount()).flatMap(List::stream).toList();
  }

  private static List<CborSerializable> toAccount(ActorSystem<?> here) {
    return List.of(
        new AccountInbox.Ask(elsewhere(here, "asked"), Optional.empty()),
        new AccountInbox.ReadUpTo("r1", 17, Optional.of(new Counts(7))),
        new AccountInbox.MarkUnread("r1", 15),
        new AccountInbox.Mute("r1", true, elsewhere(here, "answer")),
        new AccountInbox.Delivered("r1", 17),
        new AccountInbox.ReadAgain(
            List.of(new AccountInbox.ReadUpTo("r1", 17, Optional.of(new Counts(7))))),
        new AccountInbox.Ask(elsewhere(here, "asked"), Optional.of("r1")));
  }

  private static List<CborSerializable> fromAccount() {
    var position = new Position("r1", 17, new Counts(7), OptionalLong.of(15), true);
    var conversation = new Conversation("dm-1", "bob", 7);
    return List.of(
        new AccountInbox.NotNow(),
        new AccountInbox.State(
            List.of("r1", "r2"),
            List.of(position),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new AccountInbox.Known(new Page(1, 2), List.of(position), List.of(conversation)),
        new AccountInbox.Moved(List.of(position)),
        new AccountInbox.Joined(position),
        new AccountInbox.Left("r1"),
        new AccountInbox.State(
            List.of("r1", "dm-1"),
            List.of(position),
            Optional.of(List.of(conversation)),
            Optional.of(relations()),
            Optional.empty(),
            Optional.empty()),
        new AccountInbox.Conversing(conversation),
        new AccountInbox.State(
            List.of("r2", "r3"),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("r1"),
            Optional.of("r3")));
  }

  private static Relations relations() {
    return new Relations(
        Set.of("bob"), Set.of("eve"), new PrivacySettings(ShownTo.CONTACTS, ShownTo.NOBODY, true));
  }

  private static List<CborSerializable> news() {
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
                        List.of(new RoomSummary.Gone("bob", 18)))
                    .mentioning(List.of(new Mention(18, "ann", List.of("bob", "@room")))))),
        new InboxNews.FromNode(
            List.of(
                new RoomSummary("r1", "lobby", Visibility.PUBLIC, 19, Tally.NONE, List.of())
                    .archived(true))));
  }
}
