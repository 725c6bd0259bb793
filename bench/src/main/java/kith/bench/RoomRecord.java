package kith.bench;

/// The entries of one room's log that clients have received.
final class RoomRecord {
  private static final int CACHED_FRAMES = 1 << 10;

  private final EntriesFrame[] known = new EntriesFrame[CACHED_FRAMES];
  private final LongArray messagesBySeq = new LongArray();
  private long lastAcknowledged;

  /// The frame that another member received at this position, if the bytes are equal; otherwise a
  /// newly parsed frame.
  EntriesFrame frame(long seq, byte[] buffer, int from, int to) {
    var slot = (int) (seq & (CACHED_FRAMES - 1));
    var candidate = known[slot];
    if (candidate != null && candidate.isSame(buffer, from, to)) return candidate;
    var read = EntriesFrame.read(buffer, from, to);
    known[slot] = read;
    return read;
  }

  long message(long seq) {
    return messagesBySeq.get(seq);
  }

  void holds(long seq, long message) {
    messagesBySeq.set(seq, message);
  }

  void acknowledged(long seq) {
    lastAcknowledged = Math.max(lastAcknowledged, seq);
  }

  long lastAcknowledged() {
    return lastAcknowledged;
  }
}
