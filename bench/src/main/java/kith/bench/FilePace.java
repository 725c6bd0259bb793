package kith.bench;

/// A constant rate. Bytes that are late do not delay the later ones.
///
/// @param begin in nanoseconds
record FilePace(long begin, double bytesPerSecond) {

  /// The time in nanoseconds until the byte after these is due; 0 if it is due.
  long nanosUntil(long bytes, long now) {
    return Math.max(0, begin + (long) (bytes / bytesPerSecond * 1e9) - now);
  }
}
