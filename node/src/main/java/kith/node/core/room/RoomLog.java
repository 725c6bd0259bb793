package kith.node.core.room;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.protocol.frame.Entry;

/// A room's log. Entries are read as members may see them now, without redacted texts; [#events]
/// returns events as they are stored.
public interface RoomLog {

  /// In ascending order; `more` is true if the log continues in the direction of the read.
  ///
  /// @param gapFrom the first requested entry that no longer exists, if the beginning of the log
  ///   was removed
  record Page(List<Entry> entries, boolean more, OptionalLong gapFrom) {
    public Page {
      entries = List.copyOf(entries);
    }

    /// The page without the entries after `last`; `more` is false if any were left out.
    public Page upTo(long last) {
      if (entries.isEmpty() || entries.getLast().seq() <= last) return this;
      return new Page(
          entries.stream().filter(entry -> entry.seq() <= last).toList(), false, gapFrom);
    }

    /// As many of the oldest entries as fit, but at least one.
    public Page oldestWithin(int bytes) {
      var fit = fitting(entries, bytes);
      return fit == entries.size() ? this : new Page(entries.subList(0, fit), true, gapFrom);
    }

    /// As many of the newest entries as fit, but at least one.
    public Page newestWithin(int bytes) {
      var fit = fitting(entries.reversed(), bytes);
      var size = entries.size();
      return fit == size ? this : new Page(entries.subList(size - fit, size), true, gapFrom);
    }

    private static int fitting(List<Entry> entries, int bytes) {
      var fit = 0;
      var size = 0L;
      for (var entry : entries) {
        size += Entries.bytes(entry);
        if (fit > 0 && size > bytes) break;
        fit++;
      }
      return fit;
    }
  }

  /// Events as they are stored.
  record Events(List<Projection.Numbered> events) {
    public Events {
      events = List.copyOf(events);
    }
  }

  /// The oldest `limit` events with a seq above `after`, as they are stored: for projections.
  CompletionStage<Events> events(String room, long after, int limit);

  /// Those of `seqs` that still exist, as they are stored.
  CompletionStage<Events> events(String room, Set<Long> seqs);

  /// The oldest `limit` entries with a seq above `after`.
  CompletionStage<Page> after(String room, long after, int limit);

  /// The newest `limit` entries with a seq below `before`.
  CompletionStage<Page> before(String room, long before, int limit);

  /// Those of `seqs` that are messages, in ascending order.
  CompletionStage<List<Entry>> messages(String room, Set<Long> seqs);

  /// A message and its latest edits, the first version first; empty if `seq` is not a message.
  CompletionStage<List<Entry>> versions(String room, long seq);

  /// The facts about those of `seqs` that are messages.
  CompletionStage<Map<Long, Post.Fact>> facts(String room, Set<Long> seqs);

  /// Removes the text of a redacted message and of its edits from the journal's rows and from
  /// snapshots.
  CompletionStage<Void> erase(String room, long message);

  /// Deletes all of a deleted room's rows but its last.
  CompletionStage<Void> eraseAll(String room, long lastSeq);
}
