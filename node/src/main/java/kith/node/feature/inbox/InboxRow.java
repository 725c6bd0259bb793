package kith.node.feature.inbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.node.core.room.Counts;
import kith.node.feature.inbox.AccountInbox.ReadUpTo;
import kith.node.feature.mentions.MentionMarks;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.jspecify.annotations.Nullable;

/// What a session knows of one room of its account, and how much of it the client was told.
final class InboxRow {
  Position position;
  long seq;
  Counts counts = Counts.NONE;

  final MentionMarks mentions;

  /// Not told yet.
  @Nullable RoomSummary headline;

  boolean isChanged;
  boolean isTold;

  /// The latest message, and who wrote it.
  long latest;

  String latestBy = "";

  /// The first seq that was known after this account had come in.
  long since;

  InboxRow(String user, Position position) {
    this.position = position;
    this.mentions = new MentionMarks(user);
    mentions.readUpTo(position.read());
  }

  void is(Position now) {
    position = now;
    mentions.readUpTo(now.read());
    isChanged = true;
  }

  void is(RoomSummary now) {
    for (var mention : now.mentions().orElse(List.of())) isChanged |= mentions.add(mention);
    if (now.seq() < seq) return;
    seq = now.seq();
    counts = now.tally().counts();
    headline = now;
    isChanged = true;
    now.tally()
        .latest()
        .ifPresent(it -> {
          latest = it.seq();
          latestBy = it.by();
        });
  }

  Optional<ReadUpTo> read() {
    return Optional.of(position)
        .filter(it -> it.read() > 0)
        .map(it -> new ReadUpTo(it.room(), it.read(), Optional.of(it.counts())));
  }

  void ignores(Set<String> blocked) {
    isChanged |= mentions.ignore(blocked);
  }

  boolean isIn(InboxVisibility sight) {
    return sight.shows(position.room(), latest, latestBy);
  }

  InboxRoom told(InboxVisibility sight) {
    var told =
        headline == null
            ? InboxRows.numbers(position, seq, counts, mentions, sight)
            : InboxRows.row(position, headline, mentions, sight);
    headline = null;
    isChanged = false;
    isTold = true;
    return told;
  }
}
