package kith.bench;

/// Where one member has got to in its room's log.
final class Place {
  private final int member;
  private final RoomBook book;
  private long seq;

  Place(int member, RoomBook book, long seq) {
    this.member = member;
    this.book = book;
    this.seq = seq;
  }

  int member() {
    return member;
  }

  RoomBook book() {
    return book;
  }

  /// The latest entry it has.
  long seq() {
    return seq;
  }

  void startAfter(long last) {
    seq = last;
  }

  /// Goes on to `next`. Returns how many entries were left out, or a negative number if it has it
  /// already.
  long advance(long next) {
    var missing = next - seq - 1;
    if (missing >= 0) seq = next;
    return missing;
  }
}
