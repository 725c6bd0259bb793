package kith.bench;

/// What is known of one room's log.
final class RoomBook {
  private static final int KNOWN_FRAMES = 1 << 10;

  private final Batch[] known = new Batch[KNOWN_FRAMES];
  private final Longs messagesBySeq = new Longs();
  private long lastAcknowledged;

  /// The frame that came to another member at this place, or a new reading of it. What was checked
  /// once is only compared.
  Batch batch(long seq, byte[] buffer, int from, int to) {
    var slot = (int) (seq & (KNOWN_FRAMES - 1));
    var candidate = known[slot];
    if (candidate != null && candidate.isSame(buffer, from, to)) return candidate;
    var read = Batch.read(buffer, from, to);
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
