package kith.node.core.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The post ids that a room has seen lately, so that a retry finds its `seq`.
///
/// Generations instead of one queue: posts are added to the latest generation; the oldest is
/// removed as a whole as soon as the others cover the window. So at least the window is kept, and
/// at most one generation more.
record RecentPosts(List<DedupGeneration> generations) {
  private static final int GENERATIONS = 8;

  RecentPosts {
    generations = List.copyOf(generations);
  }

  /// Sender and id, as 128 bits of SHA-256: small, and nobody can construct collisions in a hash
  /// table.
  record Key(long high, long low) {
    static Key of(String sender, String id) {
      try {
        var sha = MessageDigest.getInstance("SHA-256");
        sha.update(sender.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
        var digest = ByteBuffer.wrap(sha.digest(id.getBytes(StandardCharsets.UTF_8)));
        return new Key(digest.getLong(), digest.getLong());
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public int hashCode() {
      return (int) low;
    }
  }

  /// The post that an id stands for.
  ///
  /// @param meant 0 for a message, the target for an edit, minus the target for a redaction
  record Remembered(long seq, long atMillis, long meant) {
    Instant at() {
      return Instant.ofEpochMilli(atMillis);
    }
  }

  /// How much is remembered: the latest `posts`, and beyond them posts younger than `age`, up to
  /// `most` in all.
  record Window(int posts, int most, Duration age) {
    int generation() {
      return Math.max(1, most / GENERATIONS);
    }

    boolean isCovered(int size, Instant since, Instant now) {
      return size >= Math.max(most, posts) || (size >= posts && !since.plus(age).isAfter(now));
    }
  }

  static final RecentPosts NONE = new RecentPosts(List.of());

  Optional<Remembered> find(Key key) {
    for (var generation : generations.reversed()) {
      var found = generation.find(key);
      if (found.isPresent()) return found;
    }
    return Optional.empty();
  }

  RecentPosts with(Key key, Remembered post, Window window) {
    var grown = new ArrayList<>(generations);
    if (!grown.isEmpty() && grown.getLast().size() < window.generation())
      grown.add(grown.removeLast().with(key, post));
    else grown.add(DedupGeneration.of(key, post));
    if (isFirstOver(grown, window, post.at())) grown.removeFirst();
    return new RecentPosts(grown);
  }

  /// True if the other generations cover the window.
  private static boolean isFirstOver(List<DedupGeneration> all, Window window, Instant now) {
    if (all.size() < 2) return false;
    var others = size(all) - all.getFirst().size();
    return window.isCovered(others, Instant.ofEpochMilli(all.get(1).sinceMillis()), now);
  }

  int size() {
    return size(generations);
  }

  private static int size(List<DedupGeneration> generations) {
    var size = 0;
    for (var generation : generations) size += generation.size();
    return size;
  }
}
