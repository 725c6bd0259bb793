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

/// Which post ids a room has seen lately, so that a retry finds the `seq` it has.
///
/// Two generations instead of one queue: posts go into `newer`; when that alone holds everything
/// that must be remembered, it becomes `older` and the old `older` is forgotten. So at least the
/// window is kept, at most twice it.
///
/// @param since when the first post of `newer` was made
record RecentPosts(
    PMap<Key, Remembered> newer, PMap<Key, Remembered> older, Optional<Instant> since) {

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
  record Window(int posts, int most, Duration age) {}

  static final RecentPosts NONE =
      new RecentPosts(HashTreePMap.empty(), HashTreePMap.empty(), Optional.empty());

  Optional<Remembered> find(Key key) {
    var found = newer.get(key);
    return Optional.ofNullable(found == null ? older.get(key) : found);
  }

  RecentPosts with(Key key, Remembered post, Window window) {
    var turned =
        isFull(window, post.at())
            ? new RecentPosts(HashTreePMap.empty(), newer, Optional.empty())
            : this;
    return new RecentPosts(
        turned.newer.plus(key, post), turned.older, turned.since.or(() -> Optional.of(post.at())));
  }

  private boolean isFull(Window window, Instant now) {
    var coversAge = since.map(first -> !first.plus(window.age()).isAfter(now)).orElse(false);
    return newer.size() >= window.most() / 2 || (newer.size() >= window.posts() && coversAge);
  }

  int size() {
    return newer.size() + older.size();
  }
}
