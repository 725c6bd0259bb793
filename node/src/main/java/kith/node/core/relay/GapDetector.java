package kith.node.core.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import kith.node.core.room.Entries;
import kith.node.core.room.Room;
import kith.node.core.room.RoomLog;
import kith.protocol.frame.Entry;

/// How far a relay has followed its room's log, and whether it has missed something of it. What was
/// missed is read from the log, one page at a time; what is committed meanwhile is read there, too.
final class GapDetector {
  private final RelayBuffer buffer;
  private boolean hasBegun;
  private boolean isReading;
  private long latestKnown;

  GapDetector(RelayBuffer buffer) {
    this.buffer = buffer;
  }

  /// The room says where it is. A new relay begins there.
  void roomIsAt(long seq) {
    if (!hasBegun) {
      hasBegun = true;
      buffer.restart(seq);
    }
    latestKnown = Math.max(latestKnown, seq);
  }

  /// What of a commit is to be published: nothing that was before, and nothing behind a hole.
  List<Entry> next(Room.Committed committed) {
    latestKnown = Math.max(latestKnown, committed.last());
    var isBehindAHole = committed.first() > buffer.last() + 1;
    if (!hasBegun || isReading || isBehindAHole) return List.of();
    var entries = new ArrayList<Entry>();
    for (var seq = buffer.last() + 1; seq <= committed.last(); seq++)
      entries.add(Entries.of(seq, committed.events().get((int) (seq - committed.first()))));
    return entries;
  }

  /// The place to read on from, if something was missed and is not being read already.
  OptionalLong read() {
    if (!hasBegun || isReading || latestKnown <= buffer.last()) return OptionalLong.empty();
    isReading = true;
    return OptionalLong.of(buffer.last());
  }

  void readFailed() {
    isReading = false;
  }

  /// What was read is to be published.
  List<Entry> wasRead(RoomLog.Page page) {
    isReading = false;
    if (page.gapFrom().isPresent() && !page.entries().isEmpty())
      buffer.restart(page.entries().getFirst().seq() - 1);
    return page.entries();
  }
}
