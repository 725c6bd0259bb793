package kith.node.core.room;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import kith.node.core.room.RecentPosts.Key;
import org.jspecify.annotations.Nullable;

/// Older posts, in 8 bytes each: 32 bits of the key's hash, and the distance of the `seq` from the
/// first one of the generation, sorted.
///
/// It answers only with candidates. A key that was never posted has one in a generation of 60,000
/// posts with a probability of 0.0014 %, so the log decides. Kept as the bytes of the snapshot, so
/// that a room with half a million posts wakes without decoding them. Immutable.
final class SealedGeneration {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int FIRST = 0;
  private static final int UNTIL = 1;
  private static final int HEADER = 2;
  private static final long DISTANCE = 0xffff_ffffL;

  private final byte[] bytes;

  private SealedGeneration(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @param keys the first 64 bits of each key
  static SealedGeneration of(long[] keys, long[] seqs, long untilMillis) {
    long first = Arrays.stream(seqs).min().orElseThrow();
    var rows = new long[keys.length];
    for (int i = 0; i < rows.length; i++)
      rows[i] = (keys[i] & ~DISTANCE) | ((seqs[i] - first) & DISTANCE);
    Arrays.sort(rows);
    var sealed = empty(rows.length, first, untilMillis);
    for (int i = 0; i < rows.length; i++) sealed.set(HEADER + i, rows[i]);
    return sealed;
  }

  private static SealedGeneration empty(int size, long first, long untilMillis) {
    var sealed = new SealedGeneration(new byte[(HEADER + size) * Long.BYTES]);
    sealed.set(FIRST, first);
    sealed.set(UNTIL, untilMillis);
    return sealed;
  }

  /// The posts of both.
  SealedGeneration and(SealedGeneration other) {
    long first = Math.min(get(FIRST), other.get(FIRST));
    var both = empty(size() + other.size(), first, Math.max(untilMillis(), other.untilMillis()));
    long shift = get(FIRST) - first;
    long otherShift = other.get(FIRST) - first;
    int mine = 0;
    int its = 0;
    for (int to = 0; to < both.size(); to++) {
      boolean isMine =
          its == other.size()
              || (mine < size() && row(mine) + shift <= other.row(its) + otherShift);
      both.set(HEADER + to, isMine ? row(mine++) + shift : other.row(its++) + otherShift);
    }
    return both;
  }

  int size() {
    return bytes.length / Long.BYTES - HEADER;
  }

  /// The time of its last post.
  long untilMillis() {
    return get(UNTIL);
  }

  /// Adds the seqs of the posts that may have this key, up to `most` in total.
  void candidates(Key key, List<Long> seqs, int most) {
    long hash = key.high() & ~DISTANCE;
    for (int at = firstFrom(hash); at < size() && seqs.size() < most; at++) {
      long row = row(at);
      if ((row & ~DISTANCE) != hash) return;
      seqs.add(get(FIRST) + (row & DISTANCE));
    }
  }

  private int firstFrom(long least) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (row(middle) < least) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private long row(int index) {
    return get(HEADER + index);
  }

  private long get(int index) {
    return (long) LONGS.get(bytes, index * Long.BYTES);
  }

  private void set(int index, long value) {
    LONGS.set(bytes, index * Long.BYTES, value);
  }

  /// The form in a snapshot. Not a copy: megabytes are passed on as they are.
  byte[] packed() {
    return bytes;
  }

  static SealedGeneration unpacked(byte[] bytes) {
    return new SealedGeneration(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SealedGeneration that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
