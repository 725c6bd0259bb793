package kith.node.feature.inbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.node.core.room.Counts;
import kith.node.feature.inbox.AccountInbox.ReadUpTo;
import kith.node.feature.mentions.MentionMarks;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.jspecify.annotations.Nullable;

/// One room of a session's inbox, and whether the client has its latest state.
final class InboxRow {
  Position position;
  long seq;
  Counts counts = Counts.NONE;

  /// The messages that retention has removed.
  Counts removed = Counts.NONE;

  final MentionMarks mentions;

  /// The summary that the client has not been sent yet.
  @Nullable RoomSummary summary;

  boolean isChanged;

  /// The client shows this row.
  boolean isSent;

  /// The seq and author of the latest message.
  long latest;

  String latestBy = "";

  /// The first seq reported after the user had joined.
  long since;

  InboxRow(String user, Position position) {
    this.position = position;
    this.mentions = new MentionMarks(user);
    mentions.readUpTo(position.read());
  }

  void update(Position now) {
    position = now;
    mentions.readUpTo(now.read());
    isChanged = true;
  }

  void update(RoomSummary now) {
    for (var mention : now.mentions().orElse(List.of())) isChanged |= mentions.add(mention);
    if (now.seq() < seq) return;
    seq = now.seq();
    counts = now.tally().counts();
    removed = now.tally().removed().orElse(Counts.NONE);
    mentions.readUpTo(now.tally().first() - 1);
    summary = now;
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

  void ignore(Set<String> blocked) {
    isChanged |= mentions.ignore(blocked);
  }

  boolean isVisible(InboxVisibility visibility) {
    return visibility.shows(position.room(), latest, latestBy);
  }

  /// The row to send to the client now: only its numbers if there is no new summary.
  InboxRoom sent(InboxVisibility visibility) {
    var row =
        summary == null
            ? InboxRows.numbers(position, seq, counts, removed, mentions, visibility)
            : InboxRows.row(position, summary, mentions, visibility);
    summary = null;
    isChanged = false;
    isSent = true;
    return row;
  }
}
