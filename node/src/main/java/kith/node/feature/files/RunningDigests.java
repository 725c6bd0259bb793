package kith.node.feature.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The SHA-256 of uploads whose parts all reached this node, so that the node need not read them
/// back. Bounded; a removed digest costs a read.
final class RunningDigests {
  private record Running(long offset, MessageDigest digest) {}

  private final Map<UUID, Running> byContent;

  RunningDigests(int most) {
    byContent =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<UUID, Running> eldest) {
            return size() > most;
          }
        };
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// These bytes were appended at this offset.
  void appended(UUID content, long offset, byte[] bytes) {
    var digest = offset == 0 ? Optional.of(sha256()) : take(content, offset);
    digest.ifPresent(running -> {
      running.update(bytes);
      put(content, new Running(offset + bytes.length, running));
    });
  }

  /// The digest of a whole content.
  Optional<byte[]> of(UUID content, long size) {
    return size == 0
        ? Optional.of(sha256().digest())
        : take(content, size).map(MessageDigest::digest);
  }

  private synchronized Optional<MessageDigest> take(UUID content, long offset) {
    return Optional.ofNullable(byContent.remove(content))
        .filter(running -> running.offset() == offset)
        .map(Running::digest);
  }

  private synchronized void put(UUID content, Running running) {
    byContent.put(content, running);
  }
}
