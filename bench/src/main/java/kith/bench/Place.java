package kith.bench;

/// Where one member has got to in the room's log.
final class Place {
  private final int member;
  private long seq;

  Place(int member, long seq) {
    this.member = member;
    this.seq = seq;
  }

  int member() {
    return member;
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
