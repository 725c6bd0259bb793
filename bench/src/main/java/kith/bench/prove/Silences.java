package kith.bench.prove;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/// Computes how long rooms, writers and readers waited, in milliseconds of the run.
final class Silences {
  /// Shorter waits are ordinary delays of a busy machine.
  static final long NOTABLE = 1_000;

  /// Between two marks of faults even shorter waits are of interest.
  static final long SHORTEST = 50;

  private Silences() {}

  /// A period in which a room acknowledged nothing although posts were due.
  record Window(String room, long from, long to) {
    long length() {
      return to - from;
    }
  }

  /// Periods longer than `least` between two acks of the room to any writers, counted from when the
  /// oldest waiting post was due. A post that was never answered waits until `end`.
  static List<Window> ofRoom(RoomHistory room, long end, long least) {
    var posts =
        room.posts().stream()
            .sorted(Comparator.comparingLong(post -> receivedAt(post, end)))
            .toList();
    var oldestDue = new long[posts.size()];
    long due = Long.MAX_VALUE;
    for (int i = posts.size() - 1; i >= 0; i--)
      oldestDue[i] = due = Math.min(due, posts.get(i).due());
    var windows = new ArrayList<Window>();
    long before = 0;
    for (int i = 0; i < posts.size(); i++) {
      long to = receivedAt(posts.get(i), end);
      long from = Math.max(before, oldestDue[i]);
      if (to - from > least) windows.add(new Window(room.room(), from, to));
      before = to;
    }
    return List.copyOf(windows);
  }

  private static long receivedAt(Post post, long end) {
    return post.isAcknowledged() ? post.acks().getFirst().receivedAt() : end;
  }

  /// The waiting times of all posts that are longer than `NOTABLE`.
  static long[] ofWriters(List<RoomHistory> rooms) {
    return rooms.stream()
        .flatMap(room -> room.posts().stream())
        .map(Post::waited)
        .flatMapToLong(OptionalLong::stream)
        .filter(waited -> waited > NOTABLE)
        .sorted()
        .toArray();
  }

  /// The longest time in which a reader received nothing from the room.
  static long ofReader(DeliveryLog deliveryLog) {
    long longest = 0;
    var received = deliveryLog.received();
    for (int i = 1; i < received.size(); i++)
      longest = Math.max(longest, received.get(i).receivedAt() - received.get(i - 1).receivedAt());
    return longest;
  }

  static long median(long[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
