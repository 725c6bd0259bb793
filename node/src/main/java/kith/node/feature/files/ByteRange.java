package kith.node.feature.files;

import java.util.Optional;
import java.util.regex.Pattern;

/// The bytes of a file from `first` to `last`.
record ByteRange(long first, long last) {
  // a range of several parts would need a multipart answer; a server may ignore it (RFC 9110)
  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  long length() {
    return last - first + 1;
  }

  /// The range that a `Range` header asks for.
  sealed interface Asked {
    /// All bytes: there is no header, or it is not understood.
    record All() implements Asked {}

    record Some(ByteRange bytes) implements Asked {}

    record NotSatisfiable() implements Asked {}
  }

  static Asked asked(Optional<String> header, long size) {
    var match = header.map(ONE::matcher).filter(it -> it.matches());
    if (match.isEmpty()) return new Asked.All();
    var from = match.get().group(1);
    var to = match.get().group(2);
    if (from.isEmpty() && to.isEmpty()) return new Asked.All();
    return from.isEmpty()
        ? tail(Long.parseLong(to), size)
        : some(Long.parseLong(from), to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to), size);
  }

  private static Asked tail(long length, long size) {
    return length == 0 || size == 0
        ? new Asked.NotSatisfiable()
        : new Asked.Some(new ByteRange(Math.max(0, size - length), size - 1));
  }

  private static Asked some(long first, long last, long size) {
    if (last < first) return new Asked.All();
    return first >= size
        ? new Asked.NotSatisfiable()
        : new Asked.Some(new ByteRange(first, Math.min(last, size - 1)));
  }
}
