package kith.bench;

import java.util.Arrays;

/// A growing array of numbers; unset elements are 0.
final class LongArray {
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
