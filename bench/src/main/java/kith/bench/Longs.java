package kith.bench;

import java.util.Arrays;

/// Numbers by index, growing as they are set; 0 where nothing was.
final class Longs {
  private long[] values = new long[1 << 12];

  long get(long index) {
    return index < values.length ? values[(int) index] : 0;
  }

  void set(long index, long value) {
    if (index >= values.length)
      values = Arrays.copyOf(values, Math.toIntExact(Math.max(2L * values.length, index + 1)));
    values[(int) index] = value;
  }
}
