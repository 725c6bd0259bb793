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

/// The ids of recent posts of a room, so that a retry finds its `seq`.
///
/// Posts are added to the last of the `latest` generations. When there are three, the first one is
/// sealed: older posts need 8 bytes each instead of 40, and only the log knows them exactly. Sealed
/// generations of similar size are merged, so that a room has few of them. The oldest one is
/// removed as a whole as soon as the others cover the window. So at least the window is kept, and
/// at most one generation more.
record RecentPosts(List<DedupGeneration> latest, List<SealedGeneration> older) {
  private static final int GENERATIONS = 8;

  /// Enough to answer retries after a lost connection or a killed node without reading the log.
  private static final int LATEST_POSTS = 1_024;

  private static final int LATEST_GENERATIONS = 2;

  /// Random keys have at most one candidate. Somebody can compute ids that have more; the first
  /// ones count, so that later posts do not hide earlier ones.
  private static final int CANDIDATES = 8;

  RecentPosts {
    latest = List.copyOf(latest);
    older = List.copyOf(older);
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

  /// A post in the log.
  record Known(Key key, Remembered post) {
    /// Empty if the event is not a post.
    static Optional<Known> of(long seq, RoomEvent event) {
      return switch (event) {
        case RoomEvent.Posted it -> Optional.of(of(seq, it, it.id(), 0));
        case RoomEvent.Edited it -> Optional.of(of(seq, it, it.id(), it.target()));
        case RoomEvent.Redacted it -> Optional.of(of(seq, it, it.id(), -it.target()));
        case RoomEvent.PartEvent it -> Optional.of(of(seq, it, it.id(), it.meaning()));
        case RoomEvent ignored -> Optional.empty();
      };
    }

    private static Known of(long seq, RoomEvent event, String id, long meant) {
      return new Known(
          Key.of(event.by(), id), new Remembered(seq, event.at().toEpochMilli(), meant));
    }
  }

  /// The window of remembered posts: the latest `posts`, and also posts younger than `age`, up to
  /// `most` in total.
  record Window(int posts, int most, Duration age) {
    /// Posts that are sealed together.
    int generation() {
      return Math.clamp(posts / GENERATIONS, 1, LATEST_POSTS);
    }

    /// The largest number of posts that are removed together.
    int sealed() {
      return Math.max(generation(), most / GENERATIONS);
    }

    boolean isCovered(int others, Instant until, Instant now) {
      return others >= Math.max(most, posts) || (others >= posts && !until.plus(age).isAfter(now));
    }
  }

  static final RecentPosts NONE = new RecentPosts(List.of(), List.of());

  /// The post with this key, if it is one of the latest.
  Optional<Remembered> find(Key key) {
    for (var generation : latest.reversed()) {
      var found = generation.find(key);
      if (found.isPresent()) return found;
    }
    return Optional.empty();
  }

  /// The older posts that may have this key. Only the log shows whether one of them has it.
  List<Long> candidates(Key key) {
    var seqs = new ArrayList<Long>(0);
    for (var generation : older) generation.candidates(key, seqs, CANDIDATES);
    return seqs;
  }

  RecentPosts with(Known known, Window window) {
    var grown = new ArrayList<>(latest);
    if (!grown.isEmpty() && grown.getLast().size() < window.generation())
      grown.add(grown.removeLast().with(known.key(), known.post()));
    else grown.add(DedupGeneration.of(known.key(), known.post()));
    var sealed = older;
    while (grown.size() > LATEST_GENERATIONS)
      sealed = merged(sealed, grown.removeFirst().sealed(), window.sealed());
    return new RecentPosts(grown, sealed).within(window, known.post().at());
  }

  private static List<SealedGeneration> merged(
      List<SealedGeneration> older, SealedGeneration next, int most) {
    var merged = new ArrayList<>(older);
    while (!merged.isEmpty()
        && merged.getLast().size() <= next.size()
        && merged.getLast().size() + next.size() <= most) next = merged.removeLast().and(next);
    merged.add(next);
    return merged;
  }

  private RecentPosts within(Window window, Instant now) {
    int first = 0;
    for (int others = size(); first < older.size(); first++) {
      var oldest = older.get(first);
      others -= oldest.size();
      if (!window.isCovered(others, Instant.ofEpochMilli(oldest.untilMillis()), now)) break;
    }
    return first == 0 ? this : new RecentPosts(latest, older.subList(first, older.size()));
  }

  int size() {
    int size = 0;
    for (var generation : latest) size += generation.size();
    for (var generation : older) size += generation.size();
    return size;
  }
}
