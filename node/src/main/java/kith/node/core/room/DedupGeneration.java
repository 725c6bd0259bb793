package kith.node.core.room;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import kith.node.core.room.RecentPosts.Key;
import kith.node.core.room.RecentPosts.Remembered;
import org.jspecify.annotations.Nullable;

/// Posts of a room that are sealed together when newer ones have replaced them.
///
/// A generation never changes for its holders. It shares its table with the generations derived
/// from it and reads only its own rows, so adding a post copies no others: a room has up to two
/// thousand of them. Only the thread of the room may extend and read it.
final class DedupGeneration {
  /// Key, seq, time and meaning, in the layout of a snapshot.
  static final int POST_BYTES = 40;

  private static final int LONGS = POST_BYTES / Long.BYTES;
  private static final int SEQ = 2;
  private static final int AT = 3;
  private static final int FIRST_POSTS = 8;

  /// The table's rows in the order they were added, and an index from keys to rows: an open hash
  /// table of row numbers from 1, at most half full.
  private static final class Table {
    private long[] rows;
    private int[] slots;
    private int count;

    /// Holds all these rows; it has no space for more until it grows.
    private Table(long[] rows) {
      this.rows = rows;
      this.slots = new int[2 * FIRST_POSTS];
      this.count = rows.length / LONGS;
      spread();
    }

    private void add(long high, long low, long seq, long atMillis, long meant) {
      int at = count * LONGS;
      if (at == rows.length) rows = Arrays.copyOf(rows, Math.max(2 * at, FIRST_POSTS * LONGS));
      rows[at] = high;
      rows[at + 1] = low;
      rows[at + 2] = seq;
      rows[at + 3] = atMillis;
      rows[at + 4] = meant;
      count++;
      if (2 * count > slots.length) spread();
      else place(low, count);
    }

    private void spread() {
      slots = new int[Math.max(slots.length, 2 * Integer.highestOneBit(2 * count - 1))];
      for (int row = 0; row < count; row++) place(rows[row * LONGS + 1], row + 1);
    }

    private void place(long low, int number) {
      int slot = slot(low);
      while (slots[slot] != 0) slot = slot + 1 & slots.length - 1;
      slots[slot] = number;
    }

    private int slot(long low) {
      return (int) low & slots.length - 1;
    }
  }

  private final Table table;
  private final int size;

  private DedupGeneration(Table table) {
    this.table = table;
    this.size = table.count;
  }

  static DedupGeneration of(Key key, Remembered post) {
    var table =
        new Table(new long[] {key.high(), key.low(), post.seq(), post.atMillis(), post.meant()});
    return new DedupGeneration(table);
  }

  DedupGeneration with(Key key, Remembered post) {
    // another generation was derived from this one and has taken the next row
    var own = table.count == size ? table : copy();
    own.add(key.high(), key.low(), post.seq(), post.atMillis(), post.meant());
    return new DedupGeneration(own);
  }

  private Table copy() {
    return new Table(Arrays.copyOf(table.rows, size * LONGS));
  }

  int size() {
    return size;
  }

  /// The same posts in a fifth of the memory.
  SealedGeneration sealed() {
    var keys = new long[size];
    var seqs = new long[size];
    long until = Long.MIN_VALUE;
    for (int row = 0; row < size; row++) {
      keys[row] = table.rows[row * LONGS];
      seqs[row] = table.rows[row * LONGS + SEQ];
      until = Math.max(until, table.rows[row * LONGS + AT]);
    }
    return SealedGeneration.of(keys, seqs, until);
  }

  Optional<Remembered> find(Key key) {
    int slot = table.slot(key.low());
    for (int row = table.slots[slot]; row != 0; row = table.slots[slot]) {
      int at = (row - 1) * LONGS;
      if (row <= size && table.rows[at] == key.high() && table.rows[at + 1] == key.low())
        return Optional.of(
            new Remembered(table.rows[at + 2], table.rows[at + 3], table.rows[at + 4]));
      slot = slot + 1 & table.slots.length - 1;
    }
    return Optional.empty();
  }

  byte[] packed() {
    var bytes = ByteBuffer.allocate(size * POST_BYTES);
    bytes.asLongBuffer().put(table.rows, 0, size * LONGS);
    return bytes.array();
  }

  static DedupGeneration unpacked(byte[] posts) {
    var rows = new long[posts.length / POST_BYTES * LONGS];
    ByteBuffer.wrap(posts).asLongBuffer().get(rows);
    return new DedupGeneration(new Table(rows));
  }

  /// The same posts, in any order.
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof DedupGeneration that) || that.size != size) return false;
    for (int at = 0; at < size * LONGS; at += LONGS)
      if (!that.find(key(at)).equals(find(key(at)))) return false;
    return true;
  }

  @Override
  public int hashCode() {
    var sum = 0;
    for (int at = 0; at < size * LONGS; at += LONGS) sum += key(at).hashCode();
    return sum;
  }

  private Key key(int at) {
    return new Key(table.rows[at], table.rows[at + 1]);
  }
}
