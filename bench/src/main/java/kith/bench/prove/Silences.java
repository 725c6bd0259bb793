package kith.bench.prove;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/// How long rooms, writers and readers had to wait, in milliseconds of the run.
final class Silences {
  /// What is shorter is the ordinary delay of a busy machine.
  static final long NOTABLE = 1_000;

  private Silences() {}

  /// A time in which a room took nothing, though something was due.
  record Window(String room, long from, long to) {
    long length() {
      return to - from;
    }
  }

  /// The times between two acks to any writers of the room that are longer than `NOTABLE`, counted
  /// from when the oldest post that waited in it was due. One that was never answered waits to
  /// `end`.
  static List<Window> ofRoom(RoomHistory room, long end) {
    var posts =
        room.posts().stream().sorted(Comparator.comparingLong(post -> heard(post, end))).toList();
    var oldestDue = new long[posts.size()];
    long due = Long.MAX_VALUE;
    for (int i = posts.size() - 1; i >= 0; i--)
      oldestDue[i] = due = Math.min(due, posts.get(i).due());
    var windows = new ArrayList<Window>();
    long before = 0;
    for (int i = 0; i < posts.size(); i++) {
      long to = heard(posts.get(i), end);
      long from = Math.max(before, oldestDue[i]);
      if (to - from > NOTABLE) windows.add(new Window(room.room(), from, to));
      before = to;
    }
    return List.copyOf(windows);
  }

  private static long heard(Post post, long end) {
    return post.isAcknowledged() ? post.acks().getFirst().heard() : end;
  }

  /// The waits of all posts that took longer than `NOTABLE`.
  static long[] ofWriters(List<RoomHistory> rooms) {
    return rooms.stream()
        .flatMap(room -> room.posts().stream())
        .map(Post::waited)
        .flatMapToLong(OptionalLong::stream)
        .filter(waited -> waited > NOTABLE)
        .sorted()
        .toArray();
  }

  /// The longest time in which a reader was given nothing of the room.
  static long ofReader(Reading reading) {
    long longest = 0;
    var received = reading.received();
    for (int i = 1; i < received.size(); i++)
      longest = Math.max(longest, received.get(i).heard() - received.get(i - 1).heard());
    return longest;
  }

  static long median(long[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
