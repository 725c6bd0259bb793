package kith.node.core.room;

import java.time.Instant;
import java.util.Optional;
import kith.node.platform.config.Portions;
import kith.node.platform.serialization.CborSerializable;

/// A room's log as a list of rooms shows it: the number of messages, and the latest one.
///
/// Messages from before the inbox existed are not counted: they have no number, and nobody's unread
/// count includes them.
///
/// @param mentioned the latest message with a mention, as far as the room knows; else 0
/// @param first the first entry that retention has left readable; 0 if it removed nothing
/// @param removed the messages before `first`
public record Tally(
    Counts counts, Optional<Latest> latest, long mentioned, long first, Optional<Counts> removed)
    implements CborSerializable {
  public static final Tally NONE = new Tally(Counts.NONE, Optional.empty());

  public Tally(Counts counts, Optional<Latest> latest) {
    this(counts, latest, 0);
  }

  public Tally(Counts counts, Optional<Latest> latest, long mentioned) {
    this(counts, latest, mentioned, 0, Optional.empty());
  }

  /// @param text the beginning of the message; absent if it was redacted
  public record Latest(long seq, Instant at, String by, Optional<String> text)
      implements CborSerializable {}

  /// The tally of a message as it was posted.
  public static Tally at(long seq, RoomEvent.Posted posted) {
    var latest =
        new Latest(seq, posted.at(), posted.by(), Optional.of(beginning(posted.preview())));
    var mentioned = posted.mentions().isPresent() ? seq : 0;
    return new Tally(new Counts(posted.number().orElse(0)), Optional.of(latest), mentioned);
  }

  Tally with(long seq, RoomEvent.Posted posted) {
    if (posted.number().isEmpty()) return this;
    var now = at(seq, posted);
    return new Tally(now.counts, now.latest, Math.max(now.mentioned, mentioned), first, removed);
  }

  public Tally edited(long target, String body) {
    return isLatest(target) ? withText(Optional.of(beginning(body))) : this;
  }

  public Tally redacted(long target) {
    return isLatest(target) ? withText(Optional.empty()) : this;
  }

  private boolean isLatest(long message) {
    return latest.map(Latest::seq).equals(Optional.of(message));
  }

  private Tally withText(Optional<String> text) {
    var changed = latest.map(it -> new Latest(it.seq(), it.at(), it.by(), text));
    return new Tally(counts, changed, mentioned, first, removed);
  }

  /// The tally without entries that retention has removed.
  public Tally truncated(long first, Counts messages) {
    return new Tally(
        counts.max(messages),
        latest.filter(it -> it.seq() >= first),
        mentioned >= first ? mentioned : 0,
        first,
        Optional.of(messages));
  }

  /// The part of a message's text that is in each tally with this message as its latest one.
  static String searched(String text) {
    var beginning = beginning(text);
    return beginning.endsWith("…") ? beginning.substring(0, beginning.length() - 1) : beginning;
  }

  /// The part of a text that lists show.
  public static String beginning(String body) {
    return body.codePointCount(0, body.length()) <= Portions.PREVIEW
        ? body
        : body.substring(0, body.offsetByCodePoints(0, Portions.PREVIEW - 1)) + "…";
  }
}
