package kith.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The members of one room come and go, and all who are there look at each other.
///
/// Half of them are away at any time, for long enough to be missed.
@Command(
    name = "presence-churn",
    description = "One large room whose members come and go.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PresenceChurn implements Callable<Integer> {
  /// The most that a client may watch.
  private static final int MOST_WATCHED = 200;

  private static final long CONNECT_NANOS = 4_000_000;

  @Option(
      names = "--members",
      defaultValue = "1000",
      description = "Members of the room (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "Comings and goings a second, together (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--watched",
      defaultValue = "200",
      description = "Members that each has on the screen (default: ${DEFAULT-VALUE}).")
  private int watched;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "How long it is measured (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    try (var node = common.node()) {
      var room = SetUp.room(node.url(), members);
      var seen = new SeenComing();
      var people = new ArrayList<Onlooker>();
      for (int i = 0; i < members; i++)
        people.add(new Onlooker(node.url(), room.members().get(i), watch(room, i), seen));
      for (var one : people.subList(0, members / 2)) {
        one.comes();
        LockSupport.parkNanos(CONNECT_NANOS);
      }
      RoomRun.say("warming up: each who goes is away for %d s", members / rate);
      churn(people, 2 * members / rate, 0);
      seen.takeTally();
      var before = node.usage();
      churn(people, seconds, 2 * members / rate);
      report(seen.takeTally(), node.usage().since(before));
      return seen.hasFailed() ? 1 : 0;
    }
  }

  private String watch(SetUp.Room room, int first) {
    var users = new ArrayList<String>();
    for (int i = 0; i < Math.min(Math.min(watched, MOST_WATCHED), members); i++)
      users.add('"' + room.members().get((first + i) % members).user() + '"');
    var open = "{\"type\":\"open\",\"room\":\"" + room.target().room() + "\"}\n";
    return open
        + "{\"type\":\"watch\",\"room\":\""
        + room.target().room()
        + users.stream().collect(Collectors.joining(",", "\",\"users\":[", "]}"));
  }

  /// Somebody comes and somebody goes, in turn, at this rate.
  private void churn(List<Onlooker> people, int forSeconds, int after) {
    var pairs = forSeconds * rate / 2;
    var offset = after * rate / 2;
    var start = System.nanoTime();
    for (int i = 0; i < pairs; i++) {
      var due = start + i * 2 * TimeUnit.SECONDS.toNanos(1) / rate;
      LockSupport.parkNanos(due - System.nanoTime());
      people.get((offset + i) % members).goes();
      people.get((offset + i + members / 2) % members).comes();
    }
  }

  private void report(SeenComing.Tally tally, Usages used) {
    RoomRun.say("");
    RoomRun.say(
        "presence-churn: %d members, %d comings and goings/s, %d on each screen, %d s",
        members, rate, watched, seconds);
    RoomRun.say(
        "presence frames/s %,d, changes told/s %,d, bytes/s %,d",
        tally.frames() / seconds, tally.changes() / seconds, tally.bytes() / seconds);
    RoomRun.say(
        "coming to seen by others: p50 %.0f ms, p99 %.0f ms, max %.0f ms; %d sockets failed",
        tally.millis(50), tally.millis(99), tally.millis(100), tally.failed());
    used.node()
        .ifPresent(it ->
            RoomRun.say("node: %.2f cores, %.0f MiB", it.cpuSeconds() / seconds, it.residentMiB()));
    used.postgres()
        .ifPresent(it -> RoomRun.say("PostgreSQL: %.2f cores", it.cpuSeconds() / seconds));
    used.driver()
        .ifPresent(it -> RoomRun.say("this driver: %.2f cores", it.cpuSeconds() / seconds));
  }
}
