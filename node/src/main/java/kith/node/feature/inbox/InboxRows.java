package kith.node.feature.inbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import kith.node.core.room.Counts;
import kith.node.core.room.Tally;
import kith.node.feature.mentions.MentionMarks;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.Inboxes.Latest;

/// Combines a member's position in a room and the room's summary into an inbox row.
public final class InboxRows {
  private InboxRows() {}

  public static List<InboxRoom> whole(
      String user, List<Position> positions, List<RoomSummary> headlines, InboxVisibility sight) {
    var byRoom = positions.stream().collect(Collectors.toMap(Position::room, Function.identity()));
    return headlines.stream()
        .filter(it -> sight.shows(it.room(), it.tally()))
        .map(it -> whole(user, position(byRoom, it.room()), it, sight))
        .toList();
  }

  private static InboxRoom whole(
      String user, Position position, RoomSummary headline, InboxVisibility sight) {
    var marks = new MentionMarks(user);
    marks.readUpTo(Math.max(position.read(), headline.tally().first() - 1));
    marks.ignore(sight.blocked());
    headline.mentions().ifPresent(some -> some.forEach(marks::add));
    return row(position, headline, marks, sight);
  }

  private static Position position(Map<String, Position> byRoom, String room) {
    return byRoom.getOrDefault(room, Position.none(room));
  }

  public static InboxRoom row(
      Position position, RoomSummary headline, MentionMarks mentions, InboxVisibility sight) {
    var with = sight.with(headline.room());
    return new InboxRoom(
        headline.room(),
        with.isPresent() ? Optional.empty() : Optional.of(headline.name()),
        Optional.of(headline.visibility()),
        with,
        headline.seq(),
        position.read(),
        unread(
            position,
            headline.tally().counts(),
            headline.tally().removed().orElse(Counts.NONE),
            sight),
        position.unreadFrom(),
        OptionalInt.of(mentions.count()),
        position.muted(),
        sight.latest(headline.tally()).map(InboxRows::latest),
        sight.hidesLatest(headline.tally()) ? Optional.of(true) : Optional.empty(),
        headline.archived());
  }

  /// Only the numbers: the rest of the row was sent before.
  public static InboxRoom numbers(
      Position position,
      long seq,
      Counts counts,
      Counts removed,
      MentionMarks mentions,
      InboxVisibility sight) {
    return new InboxRoom(
        position.room(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        seq,
        position.read(),
        unread(position, counts, removed, sight),
        position.unreadFrom(),
        OptionalInt.of(mentions.count()),
        position.muted(),
        Optional.empty(),
        Optional.empty());
  }

  private static long unread(
      Position position, Counts counts, Counts removed, InboxVisibility sight) {
    if (sight.isSilent(position.room())) return 0;
    return Math.max(0, counts.messages() - position.counts().max(removed).messages());
  }

  private static Latest latest(Tally.Latest it) {
    return new Latest(it.seq(), it.at(), it.by(), it.text());
  }
}
