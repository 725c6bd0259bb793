package kith.node.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// Which post ids a room has seen lately, so that a retry finds the `seq` it has.
///
/// Generations instead of one queue: posts go into the latest; the oldest is forgotten as a whole,
/// as soon as the others hold everything that must be remembered. So at least the window is kept,
/// and at most one generation more.
record RecentPosts(PVector<Generation> generations) {
  private static final int GENERATIONS = 8;

  /// @param since when its first post was made
  record Generation(Instant since, PMap<Key, Remembered> posts) {}

  /// Sender and id, as 128 bits of SHA-256: small, and nobody can make two that collide in a hash
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

  /// What an id stands for.
  ///
  /// @param meant 0 for a message, the target for an edit, minus the target for a redaction
  record Remembered(long seq, long atMillis, long meant) {
    Instant at() {
      return Instant.ofEpochMilli(atMillis);
    }
  }

  /// How much is remembered: the latest `posts`, and beyond them what is younger than `age`, up to
  /// `most`.
  record Window(int posts, int most, Duration age) {
    int generation() {
      return Math.max(1, most / GENERATIONS);
    }

    boolean isCovered(int size, Instant since, Instant now) {
      return size >= Math.max(most, posts) || (size >= posts && !since.plus(age).isAfter(now));
    }
  }

  static final RecentPosts NONE = new RecentPosts(TreePVector.empty());

  Optional<Remembered> find(Key key) {
    for (var i = generations.size() - 1; i >= 0; i--) {
      var found = generations.get(i).posts().get(key);
      if (found != null) return Optional.of(found);
    }
    return Optional.empty();
  }

  RecentPosts with(Key key, Remembered post, Window window) {
    var last = generations.size() - 1;
    if (last >= 0 && generations.get(last).posts().size() < window.generation()) {
      var latest = generations.get(last);
      var grown = new Generation(latest.since(), latest.posts().plus(key, post));
      return new RecentPosts(generations.with(last, grown)).forgetting(window, post.at());
    }
    var first = new Generation(post.at(), HashTreePMap.singleton(key, post));
    return new RecentPosts(generations.plus(first)).forgetting(window, post.at());
  }

  private RecentPosts forgetting(Window window, Instant now) {
    if (generations.size() < 2) return this;
    var others = size() - generations.getFirst().posts().size();
    return window.isCovered(others, generations.get(1).since(), now)
        ? new RecentPosts(generations.minus(0))
        : this;
  }

  int size() {
    return generations.stream().mapToInt(generation -> generation.posts().size()).sum();
  }
}
