package kith.bench;

/// Checks the requests to the receiver of a webhook: every entry of its room, in order. A
/// repetition of the latest entry is allowed, because couriers deliver at least once.
final class DeliveredEntries {
  private long first;
  private long last;
  private long entries;
  private long repeated;
  private long missing;
  private long disordered;

  /// @param id of a delivery: `ROOM_SEQ`
  synchronized void received(String id) {
    var seq = Long.parseLong(id.substring(id.lastIndexOf('_') + 1));
    if (entries == 0) {
      first = seq;
    } else if (seq == last) {
      repeated++;
      return;
    } else if (seq < last) {
      disordered++;
      return;
    } else {
      missing += seq - last - 1;
    }
    last = seq;
    entries++;
  }

  /// @param first and `last` are `seq`
  /// @param missing entries between the first and the last that never came
  /// @param disordered entries that came after a later one
  record Count(long first, long last, long entries, long repeated, long missing, long disordered) {
    boolean isWhole() {
      return missing == 0 && disordered == 0;
    }
  }

  synchronized Count count() {
    return new Count(first, last, entries, repeated, missing, disordered);
  }
}
