package kith.bench;

/// The position of one member in its room's log.
final class ReadPosition {
  private final int member;
  private final RoomRecord room;
  private long seq;

  ReadPosition(int member, RoomRecord room, long seq) {
    this.member = member;
    this.room = room;
    this.seq = seq;
  }

  int member() {
    return member;
  }

  RoomRecord room() {
    return room;
  }

  /// `seq` of the latest entry that the member has.
  long seq() {
    return seq;
  }

  void startAfter(long last) {
    seq = last;
  }

  /// Advances to `next`. Returns the number of skipped entries, or a negative number if the member
  /// already has that entry.
  long advance(long next) {
    var missing = next - seq - 1;
    if (missing >= 0) seq = next;
    return missing;
  }
}
