package kith.node.core.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import kith.node.core.room.Entries;
import kith.node.core.room.Room;
import kith.node.core.room.RoomLog;
import kith.protocol.frame.Entry;

/// Tracks a relay's position in its room's log, and detects missed entries. These are read from the
/// log, one page at a time; entries committed meanwhile are read from the log, too.
final class GapDetector {
  private final RelayBuffer buffer;
  private boolean hasBegun;
  private boolean isReading;
  private long latestKnown;

  GapDetector(RelayBuffer buffer) {
    this.buffer = buffer;
  }

  /// The room reports its last seq. A new relay starts there.
  void roomIsAt(long seq) {
    if (!hasBegun) {
      hasBegun = true;
      buffer.restart(seq);
    }
    latestKnown = Math.max(latestKnown, seq);
  }

  /// The entries of a commit to publish: none that were published before, and none after a gap.
  List<Entry> next(Room.Committed committed) {
    latestKnown = Math.max(latestKnown, committed.last());
    var isBehindAHole = committed.first() > buffer.last() + 1;
    if (!hasBegun || isReading || isBehindAHole) return List.of();
    var entries = new ArrayList<Entry>();
    for (var seq = buffer.last() + 1; seq <= committed.last(); seq++)
      entries.add(Entries.of(seq, committed.events().get((int) (seq - committed.first()))));
    return entries;
  }

  /// The position to read from, if entries were missed and no read is running.
  OptionalLong read() {
    if (!hasBegun || isReading || latestKnown <= buffer.last()) return OptionalLong.empty();
    isReading = true;
    return OptionalLong.of(buffer.last());
  }

  void readFailed() {
    isReading = false;
  }

  /// Returns the entries to publish.
  List<Entry> wasRead(RoomLog.Page page) {
    isReading = false;
    if (page.gapFrom().isPresent() && !page.entries().isEmpty())
      buffer.restart(page.entries().getFirst().seq() - 1);
    return page.entries();
  }
}
